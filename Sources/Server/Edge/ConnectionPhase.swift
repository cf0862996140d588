import HTTPTypes

/// What a connection is doing; one thing at a time, and one request after the other.
///
/// ```
/// idle ─▶ readingHead ─▶ readingBody ─▶ handling ─▶ answering ─▶ idle
///              │              │            ▲            │
///              └── refused ───┴────────────┘            └─▶ lingering ─▶ closed
/// ```
/// A refusal is handled like a request, so that every answer is made in one place; nothing is read after it.
enum ConnectionPhase {
    /// Nothing of a next request is there.
    case idle
    /// Bytes have come, but no whole head.
    case readingHead(RequestLine)
    case readingBody(CheckedHead, BodyCollector)
    /// The responder has the request.
    case handling(closes: Bool)
    /// The answer is being written.
    case answering(closes: Bool)
    /// The last answer is with the system; the client may read it and hang up.
    case lingering
    case closed

    /// Whether more of a request is wanted. Else nothing is read from the socket.
    var wantsBytes: Bool {
        switch self {
        case .idle, .readingHead, .readingBody: true
        case .handling, .answering, .lingering, .closed: false
        }
    }

    /// The same, but with the connection's end after the answer.
    var closing: ConnectionPhase {
        switch self {
        case .handling: .handling(closes: true)
        case .answering: .answering(closes: true)
        case .idle, .readingHead, .readingBody, .lingering, .closed: self
        }
    }

    /// How long it may last, and nil for what takes its own time.
    func limit(_ limits: EdgeLimits) -> Duration? {
        switch self {
        case .idle: limits.idleTime
        case .readingHead: limits.headTime
        case .readingBody: limits.bodyTime
        case .answering: limits.answerTime
        case .lingering: limits.lingerTime
        case .handling, .closed: nil
        }
    }
}

/// How much of a request's first line has arrived.
struct RequestLine {
    private(set) var length = 0
    private var isComplete = false

    mutating func append(_ bytes: BytesArrived) {
        if !isComplete { length += bytes.firstLineFeed ?? bytes.count }
        isComplete = isComplete || bytes.firstLineFeed != nil
    }
}
