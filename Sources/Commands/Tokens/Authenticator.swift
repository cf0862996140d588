package import Cryptography
package import Engine
import Storage

/// Finds out who a token belongs to, as the database says now: an ended session or a demoted owner counts at once.
package struct Authenticator: Sendable {
    /// A webhook token's time of last use is written at most this often.
    private static let lastUsedPrecision = Duration.seconds(60)

    private let database: any Database
    private let clock: Clock
    private let tokens: AccessTokens

    init(database: any Database, clock: Clock, tokens: AccessTokens) {
        self.database = database
        self.clock = clock
        self.tokens = tokens
    }

    /// The user behind an access token.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_TOKEN`, or `SESSION_REVOKED` when the session has ended.
    package func caller(accessToken token: Secret) async throws -> Caller {
        let now = clock.now()
        guard let claimed = tokens.verify(token.unredacted, at: now) else {
            throw CommandFailure.invalidToken(
                TokenKind.describe(token.unredacted) == "an access token"
                    ? "The access token is not valid or has expired. Refresh it, or log in again."
                    : TokenKind.mismatch(token.unredacted, wanted: "an access token"))
        }
        return try await database.read { tx in
            guard let session = try Session.find(claimed.session, in: tx), session.userID == claimed.user,
                session.isLive(at: now), let user = try User.find(claimed.user, in: tx), user.status == .active
            else { throw CommandFailure.sessionRevoked }
            return .user(id: user.id.rawValue, sessionID: session.id.rawValue, isAdmin: user.role == .admin)
        }
    }

    /// The webhook token and its owner, who must still be an active administrator.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_TOKEN`.
    package func caller(webhookToken token: Secret) async throws -> Caller {
        guard token.unredacted.hasPrefix(TokenKind.webhook.prefix) else {
            throw CommandFailure.invalidToken(TokenKind.mismatch(token.unredacted, wanted: TokenKind.webhook.name))
        }
        let now = clock.now()
        let found = try await database.read { tx -> Webhook? in
            guard let webhook = try Webhook.find(token: token, in: tx), webhook.isLive(at: now),
                let owner = try User.find(webhook.userID, in: tx), owner.status == .active, owner.role == .admin
            else { return nil }
            return webhook
        }
        guard let webhook = found else {
            throw CommandFailure.invalidToken(
                "The webhook token is not valid: unknown, expired or revoked, or its owner is no active administrator.")
        }
        if webhook.lastUsedAt.map({ now - $0 >= Self.lastUsedPrecision }) ?? true {
            try await markUsed(webhook, at: now)
        }
        return .webhook(
            id: webhook.id.rawValue, userID: webhook.userID.rawValue, actions: webhook.actions.map(Set.init))
    }

    /// A disk that takes no writes keeps nobody from reading; whoever goes on to write is told then.
    private func markUsed(_ webhook: Webhook, at now: Timestamp) async throws {
        do {
            try await database.write { tx in try webhook.markUsed(at: now, in: tx) }
        } catch StorageError.unavailable, StorageError.damaged, StorageError.outcomeUnknown {}
    }
}
