public import Storage

/// One call of a command: who, from where, when.
public struct Call: Sendable {
    /// The request's id, also in the answer, the log and the audit.
    public let id: String
    public let action: Action
    public let caller: Caller
    public let client: Client
    /// The moment that counts for this call. While `perform` runs, it is the time of the transaction.
    public let now: Timestamp

    /// The names of the limits that this call is beyond though it goes on.
    private let exceeded: Set<String>

    public init(
        id: String, action: Action, caller: Caller, client: Client, now: Timestamp, exceeded: Set<String> = []
    ) {
        self.id = id
        self.action = action
        self.caller = caller
        self.client = client
        self.now = now
        self.exceeded = exceeded
    }

    /// Whether this call is beyond a limit whose excess is only noted.
    public func isOver(_ limit: RateLimit) -> Bool { exceeded.contains(limit.name) }

    func at(_ now: Timestamp) -> Call {
        Call(id: id, action: action, caller: caller, client: client, now: now, exceeded: exceeded)
    }

    func beyond(_ exceeded: Set<String>) -> Call {
        Call(id: id, action: action, caller: caller, client: client, now: now, exceeded: exceeded)
    }
}
