package import Engine
package import Storage

/// Ends all sessions of a user and frees their seats.
package struct RevokeAllUserSessions: Command {
    package static let action: Action = "revoke-all-user-sessions"
    package static let access: Access = .webhook

    package func perform(_ reference: UserReference, in tx: Transaction, call: Call) throws -> UserView {
        let found = try reference.find(in: tx)
        let user = try User.lock(found.id, in: tx).orThrow(.notFound("user \(found.id)"))
        try Session.endAll(of: user.id, reason: .command, at: call.now, in: tx)
        return try UserView(user, at: call.now, in: tx)
    }
}
