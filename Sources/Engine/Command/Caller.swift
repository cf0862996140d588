/// Who asks, after authentication.
public enum Caller: Sendable, Hashable {
    case anonymous
    /// A user with a live session, told by an access token.
    case user(id: Int64, sessionID: Int64, isAdmin: Bool)
    /// A webhook token and the user who owns it; `actions` is nil when it may call them all.
    case webhook(id: Int64, userID: Int64, actions: Set<Action>?)
    /// The command line on the server's own machine, on behalf of a user or of nobody.
    case commandLine(userID: Int64? = nil)
    /// The server by itself, such as when it gives up a mail; only in the audit, for it calls no command.
    case system

    /// The user who asks, or on whose behalf it is asked.
    public var userID: Int64? {
        switch self {
        case .anonymous, .system: nil
        case .user(let id, _, _): id
        case .webhook(_, let userID, _): userID
        case .commandLine(let userID): userID
        }
    }

    /// The session with which a user asks; nil for every other caller.
    public var sessionID: Int64? {
        if case .user(_, let sessionID, _) = self { sessionID } else { nil }
    }

    /// The name of the kind: `anonymous`, `user`, `webhook`, `command-line` or `system`.
    public var kind: String {
        switch self {
        case .anonymous: "anonymous"
        case .user: "user"
        case .webhook: "webhook"
        case .commandLine: "command-line"
        case .system: "system"
        }
    }

    /// The id of the user or of the webhook token.
    public var id: Int64? {
        switch self {
        case .anonymous, .commandLine, .system: nil
        case .user(let id, _, _), .webhook(let id, _, _): id
        }
    }

    /// Whether this caller may call a command with that `access`; why not, if not.
    func refusal(for action: Action, access: Access) -> CommandFailure? {
        if access.contains(.anyone) { return nil }
        switch self {
        case .commandLine, .system:
            return nil
        case .anonymous:
            return .invalidToken("This needs a token, and none was sent.")
        case .user(_, _, let isAdmin):
            if access.contains(.user) || (isAdmin && access.contains(.admin)) { return nil }
            return access.contains(.admin)
                ? .forbidden("`\(action)` is for users with the role ADMIN.")
                : .forbidden("`\(action)` takes a webhook token.")
        case .webhook(_, _, let actions):
            guard access.contains(.webhook) else { return .forbidden("`\(action)` does not take a webhook token.") }
            if actions?.contains(action) ?? true { return nil }
            return .forbidden(
                "This webhook token may not call `\(action)`. Make one with that action among its `actions`.")
        }
    }
}
