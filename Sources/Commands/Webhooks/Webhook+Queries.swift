import Cryptography
import Engine
import JSON
import Storage

extension Webhook {
    static func find(_ id: ID, in tx: Transaction) throws -> Webhook? {
        try tx.row("SELECT * FROM webhooks WHERE id = $1", id).map(Webhook.init(row:))
    }

    static func find(token: Secret, in tx: Transaction) throws -> Webhook? {
        try tx.row("SELECT * FROM webhooks WHERE token_hash = $1", SHA256.hash(token.unredacted).bytes)
            .map(Webhook.init(row:))
    }

    /// The user's tokens that work, oldest first.
    static func live(of user: User.ID, at now: Timestamp, in tx: Transaction) throws -> [Webhook] {
        try tx.rows(
            """
            SELECT * FROM webhooks
            WHERE user_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2) ORDER BY id
            """, user, now
        ).map(Webhook.init(row:))
    }

    static func insert(
        _ token: Secret, user: User.ID, name: String, actions: [Action]?, expiresAt: Timestamp?, at now: Timestamp,
        in tx: Transaction
    ) throws -> Webhook {
        let list = actions.map { JSONValue.array($0.map { .string($0.rawValue) }) }
        let row = try tx.row(
            """
            INSERT INTO webhooks (user_id, name, token_hash, actions, expires_at, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING *
            """,
            user, name, SHA256.hash(token.unredacted).bytes, list?.text, expiresAt, now)
        let webhook = try Webhook(row: row.orUnexpected("webhooks"))
        tx.changed(
            .webhook(webhook.id),
            to: [
                "userId": .id(user), "name": .string(name), "actions": list ?? .null, "expiresAt": .optional(expiresAt),
            ])
        return webhook
    }

    func markUsed(at now: Timestamp, in tx: Transaction) throws {
        try tx.execute("UPDATE webhooks SET last_used_at = $2 WHERE id = $1", id, now)
        tx.touched(.webhook(id))
    }

    /// Makes the token useless; nothing happens to one that was revoked before.
    func revoke(at now: Timestamp, in tx: Transaction) throws {
        let count = try tx.execute(
            "UPDATE webhooks SET revoked_at = $2, updated_at = $2 WHERE id = $1 AND revoked_at IS NULL", id, now)
        guard count > 0 else { return }
        tx.changed(.webhook(id), from: ["revokedAt": .null], to: ["revokedAt": .string(now.description)])
    }
}
