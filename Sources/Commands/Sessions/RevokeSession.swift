package import Engine
package import Storage

/// Ends one session and frees its seat; the user is told, unless silent.
package struct RevokeSession: Command {
    package static let action: Action = "revoke-session"
    package static let access: Access = .webhook

    package struct Input: Decodable, Sendable {
        let sessionId: Session.ID
        let notify: Flag?
    }

    let mails: Mails

    /// - Throws: ``CommandFailure`` `NOT_FOUND`. A session that has ended already is left as it is.
    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> UserView {
        let session = try Session.find(input.sessionId, in: tx).orThrow(.notFound("session \(input.sessionId)"))
        let user = try User.find(session.userID, in: tx).orThrow(.notFound("user \(session.userID)"))
        if session.isLive(at: call.now), try session.end(.command, at: call.now, in: tx) {
            try mails.silent(if: input.notify.isSilent).sessionRevoked(session, of: user, at: call.now, in: tx)
        }
        return try UserView(user, at: call.now, in: tx)
    }
}
