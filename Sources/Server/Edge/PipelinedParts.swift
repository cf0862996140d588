import NIOCore
import NIOHTTP1

/// What arrived while a request was handled: the client did not wait for the answer (RFC 9112 §9.3.2).
///
/// Reading stops meanwhile, so that it is what came with the request in one piece, and what lay with the system when the
/// client hung up.
struct PipelinedParts {
    enum Event {
        case part(HTTPServerRequestPart)
        case failure(HTTPParserError)
        /// More than is kept came, and was dropped.
        case tooMany
        /// The client will send nothing more.
        case hangUp
    }

    private var events = CircularBuffer<Event>(initialCapacity: 0)
    private var isFull = false
    private(set) var containsHangUp = false

    mutating func append(_ event: Event, limit: Int) {
        if case .hangUp = event { containsHangUp = true }
        guard !isFull else { return }
        isFull = events.count >= limit
        events.append(isFull ? .tooMany : event)
    }

    mutating func removeFirst() -> Event? { events.popFirst() }

    /// Forgets them, but not that the client hung up.
    mutating func removeAll() { events.removeAll() }
}
