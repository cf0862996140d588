import Engine
import Storage

extension Call {
    /// The user who asks.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_TOKEN` when nobody does.
    func user() throws -> User.ID {
        User.ID(rawValue: try caller.userID.orThrow(.invalidToken("This needs an access token.")))
    }

    /// The session with which the user asks, live or not.
    func session(in tx: Transaction) throws -> Session? {
        try caller.sessionID.flatMap { try Session.find(Session.ID(rawValue: $0), in: tx) }
    }
}
