import JSON
import Storage

extension PasswordLink {
    /// A user has at most this many links that nobody has used; the oldest goes.
    private static let maximumLive = 5

    static func find(_ id: ID, in tx: Transaction) throws -> PasswordLink? {
        try tx.row("SELECT * FROM password_links WHERE id = $1", id).map(PasswordLink.init(row:))
    }

    /// The user's links that nobody has used, newest first.
    static func unspent(of user: User.ID, in tx: Transaction) throws -> [PasswordLink] {
        try tx.rows("SELECT * FROM password_links WHERE user_id = $1 AND spent_at IS NULL ORDER BY id DESC", user)
            .map(PasswordLink.init(row:))
    }

    static func insert(
        _ purpose: Purpose, for user: User.ID, nonce: [UInt8], until end: Timestamp, at now: Timestamp,
        in tx: Transaction
    ) throws -> PasswordLink {
        let id: ID? = try tx.insert(
            """
            INSERT INTO password_links (user_id, purpose, nonce, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5)
            """, user, purpose.rawValue, nonce, now, end)
        let link = PasswordLink(
            id: try id.orUnexpected("password_links"), userID: user, purpose: purpose, nonce: nonce, expiresAt: end,
            spentAt: nil)
        tx.changed(
            .passwordLink(link.id),
            to: ["userId": .id(user), "purpose": .string(purpose.rawValue), "expiresAt": .string(end.description)])
        for old in try unspent(of: user, in: tx).dropFirst(maximumLive) { try old.spend(at: now, in: tx) }
        return link
    }

    /// Uses the link up; false when that was done before.
    ///
    /// Links that are over are spent as well: an invitation's time begins anew when its mail is delivered late, and by then
    /// the password, the address or the status may be another.
    @discardableResult
    func spend(at now: Timestamp, in tx: Transaction) throws -> Bool {
        let count = try tx.execute(
            "UPDATE password_links SET spent_at = $2 WHERE id = $1 AND spent_at IS NULL", id, now)
        guard count > 0 else { return false }
        tx.changed(.passwordLink(id), from: ["spentAt": .null], to: ["spentAt": .string(now.description)])
        return true
    }

    /// Uses up all links of a user: after a password, address or status has changed, none of them may work.
    static func spendAll(of user: User.ID, at now: Timestamp, in tx: Transaction) throws {
        for link in try unspent(of: user, in: tx) { try link.spend(at: now, in: tx) }
    }

    /// An invitation's time begins when it was delivered.
    func restart(until end: Timestamp, in tx: Transaction) throws {
        try tx.execute("UPDATE password_links SET expires_at = $2 WHERE id = $1 AND spent_at IS NULL", id, end)
        tx.touched(.passwordLink(id))
    }
}
