package import Storage

/// A link in a mail with which somebody sets a password: single use, and over after a time.
///
/// Its token is derived from the row whenever it is needed, so none rests in the database.
package struct PasswordLink: Sendable {
    package typealias ID = RowID<PasswordLink>

    package enum Purpose: String, Sendable {
        /// An invitation: the user has no password yet.
        case setPassword = "set-password"
        case resetPassword = "reset-password"
    }

    package let id: ID
    let userID: User.ID
    let purpose: Purpose
    let nonce: [UInt8]
    package let expiresAt: Timestamp
    let spentAt: Timestamp?

    func isLive(at now: Timestamp) -> Bool { spentAt == nil && now < expiresAt }
}

extension PasswordLink {
    init(row: Row) throws {
        id = try row.id("id")
        userID = try row.id("user_id")
        purpose = try Purpose(rawValue: row.string("purpose")).orUnexpected("purpose")
        nonce = try row.bytes("nonce")
        expiresAt = try row.timestamp("expires_at")
        spentAt = try row.optionalTimestamp("spent_at")
    }
}
