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

    public init(id: String, action: Action, caller: Caller, client: Client, now: Timestamp) {
        self.id = id
        self.action = action
        self.caller = caller
        self.client = client
        self.now = now
    }

    func at(_ now: Timestamp) -> Call {
        Call(id: id, action: action, caller: caller, client: client, now: now)
    }
}
