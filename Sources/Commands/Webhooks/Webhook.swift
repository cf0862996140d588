import Cryptography
import Engine
import JSON
package import Storage

/// A token with which a shop or a script calls commands, owned by an administrator.
///
/// The token itself is shown once. What is stored is its SHA-256: it has 256 random bits, so no slower hash is needed.
package struct Webhook: Sendable {
    package typealias ID = RowID<Webhook>

    package let id: ID
    let userID: User.ID
    let name: String
    /// What it may call; nil is everything.
    let actions: [Action]?
    let expiresAt: Timestamp?
    let lastUsedAt: Timestamp?
    let revokedAt: Timestamp?
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(row: Row) throws {
        id = try row.id("id")
        userID = try row.id("user_id")
        name = try row.string("name")
        actions = try row.optionalString("actions").map { try JSONValue(parsing: $0).decode([Action].self) }
        expiresAt = try row.optionalTimestamp("expires_at")
        lastUsedAt = try row.optionalTimestamp("last_used_at")
        revokedAt = try row.optionalTimestamp("revoked_at")
        createdAt = try row.timestamp("created_at")
        updatedAt = try row.timestamp("updated_at")
    }

    func isLive(at now: Timestamp) -> Bool {
        revokedAt == nil && (expiresAt.map { now < $0 } ?? true)
    }
}
