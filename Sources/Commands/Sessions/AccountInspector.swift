package import Cryptography
package import Engine
import Storage

/// The account that a browser shows, and the session by which it may.
package struct Account: Sendable {
    package let session: Session.ID
    package let user: UserView

    package var caller: Caller {
        .user(id: user.id.rawValue, sessionID: session.rawValue, isAdmin: user.role == .admin)
    }
}

/// Looks at the account behind a refresh token. Nothing is rotated, renewed or taken by looking: no seat either.
package struct AccountInspector: Sendable {
    let database: any Database
    let clock: Clock
    let tokens: RefreshTokens

    /// The account, if the token is the latest of a live session of an active user, or the one before within the grace of
    /// two tabs; nil for every other token.
    package func account(of token: Secret) async throws -> Account? {
        guard let claim = tokens.claim(token) else { return nil }
        let (now, tokens) = (clock.now(), tokens)
        return try await database.read { tx in
            guard let session = try Session.find(claim.session, in: tx), tokens.isGenuine(claim, for: session),
                session.isLive(at: now), session.isCurrent(claim.generation, at: now),
                let user = try User.find(session.userID, in: tx), user.status == .active
            else { return nil }
            return Account(session: session.id, user: try UserView(user, at: now, in: tx))
        }
    }
}

extension Session {
    /// Whether a token of that generation would be rotated without further questions.
    fileprivate func isCurrent(_ generation: Int64, at now: Timestamp) -> Bool {
        generation == self.generation
            || (generation == previousGeneration && now - rotatedAt <= RefreshRotation.grace)
    }
}
