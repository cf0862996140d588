public import JSON
public import Storage

/// One line of the audit: what was done or refused, by whom, from where, and what it changed.
public struct AuditEntry: Sendable {
    public enum Outcome: String, Sendable, Encodable {
        case done, refused
    }

    public let id: Int64
    public let at: Timestamp
    public let action: String
    public let outcome: Outcome
    /// The failure's code when refused.
    public let code: String?
    /// `anonymous`, `user`, `webhook`, `command-line` or `system`.
    public let callerKind: String
    /// The id of the user or the webhook token.
    public let callerID: Int64?
    /// The user behind the caller.
    public let callerUserID: Int64?
    public let requestID: String
    public let clientAddress: String?
    public let userAgent: String?
    /// A list of `{kind, id, from, to}`.
    public let changes: JSONValue
}

extension AuditEntry: Encodable {
    private enum Key: String, CodingKey {
        case id, at, action, outcome, code, caller, requestId, clientAddress, userAgent, changes
    }

    private struct CallerView: Encodable {
        let kind: String
        let id: Int64?
        let userId: Int64?

        enum Key: String, CodingKey { case kind, id, userId }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(kind, forKey: .kind)
            try container.encode(id, forKey: .id)
            try container.encode(userId, forKey: .userId)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(at, forKey: .at)
        try container.encode(action, forKey: .action)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(code, forKey: .code)
        let caller = CallerView(kind: callerKind, id: callerID, userId: callerUserID)
        try container.encode(caller, forKey: .caller)
        try container.encode(requestID, forKey: .requestId)
        try container.encode(clientAddress, forKey: .clientAddress)
        try container.encode(userAgent, forKey: .userAgent)
        try container.encode(changes, forKey: .changes)
    }
}
