package import Engine
package import Storage

/// Ends one of the caller's own sessions.
package struct RevokeOwnSession: Command {
    package static let action: Action = "revoke-own-session"
    package static let access: Access = .user

    package struct Input: Decodable, Sendable {
        let sessionId: Session.ID
    }

    /// - Throws: ``CommandFailure`` `NOT_FOUND`, also for a session of somebody else.
    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Success {
        let session = try Session.find(input.sessionId, in: tx)
        guard let session, session.userID.rawValue == call.caller.userID else {
            throw CommandFailure.notFound("session \(input.sessionId) of yours")
        }
        try session.end(.command, at: call.now, in: tx)
        return Success()
    }
}
