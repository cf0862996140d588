package import Engine
package import Storage

/// Ends all sessions of the user who asks, the asking one among them, and frees their seats.
package struct RevokeOwnSessions: Command {
    package static let action: Action = "revoke-own-sessions"
    package static let access: Access = .user

    package struct Revoked: Encodable, Sendable {
        package let success = true
        /// How many sessions ended.
        package let revoked: Int

        private enum CodingKeys: String, CodingKey { case success, revoked }
    }

    package func perform(_ input: NoInput, in tx: Transaction, call: Call) throws -> Revoked {
        // Held first: a login that has not committed yet either waits for this, or is seen here.
        let user = try User.lock(call.user(), in: tx).orThrow(.sessionRevoked)
        return Revoked(revoked: try Session.endAll(of: user.id, reason: .command, at: call.now, in: tx))
    }
}
