import Engine
import JSON
package import Storage

extension User {
    package static func find(_ id: ID, in tx: Transaction) throws -> User? {
        try tx.row("SELECT * FROM users WHERE id = $1", id).map(User.init(row:))
    }

    package static func find(_ email: EmailAddress, in tx: Transaction) throws -> User? {
        try tx.row("SELECT * FROM users WHERE email_key = $1", email.key).map(User.init(row:))
    }

    static func find(externalRef: String, in tx: Transaction) throws -> User? {
        try tx.row("SELECT * FROM users WHERE external_ref = $1", externalRef).map(User.init(row:))
    }

    /// The users after the id `cursor`, oldest first.
    static func list(after cursor: Int64, limit: Int, in tx: Transaction) throws -> [User] {
        try tx.rows("SELECT * FROM users WHERE id > $1 ORDER BY id LIMIT $2", cursor, limit).map(User.init(row:))
    }

    /// Makes a user who has no password yet; nil when the address or the reference is taken.
    static func insert(
        email: EmailAddress, name: String, role: Role, locale: LanguageTag?, externalRef: String?, at now: Timestamp,
        in tx: Transaction
    ) throws -> User? {
        let id: ID? = try tx.insert(
            """
            INSERT INTO users (email, email_key, name, role, status, locale, external_ref, created_at, updated_at)
            VALUES ($1, $2, $3, $4, 'ACTIVE', $5, $6, $7, $7) ON CONFLICT DO NOTHING
            """,
            email, email.key, name, role.rawValue, locale, externalRef, now)
        guard let id else { return nil }
        let user = User(
            id: id, email: email, name: name, role: role, status: .active, locale: locale, externalRef: externalRef,
            passwordHash: nil, createdAt: now, updatedAt: now)
        tx.changed(.user(user.id), to: .object(user.fields))
        return user
    }

    /// Holds the user's row until the end of the transaction; the user as it is now, nil if deleted.
    static func lock(_ id: ID, in tx: Transaction) throws -> User? {
        let row = try tx.row("UPDATE users SET version = version + 1 WHERE id = $1 RETURNING *", id)
        if row != nil { tx.touched(.user(id)) }
        return try row.map(User.init(row:))
    }

    /// Stores the same password's hash by a newer algorithm; nothing that anybody would notice.
    mutating func upgradeHash(to hash: String, in tx: Transaction) throws {
        try tx.execute("UPDATE users SET password_hash = $2 WHERE id = $1", id, hash)
        tx.touched(.user(id))
        passwordHash = hash
    }

    /// Stores every field; the caller has seen to it that address and reference are free.
    func update(from old: User, at now: Timestamp, in tx: Transaction) throws -> User {
        var new = self
        new.updatedAt = now
        try tx.execute(
            """
            UPDATE users SET email = $2, email_key = $3, name = $4, role = $5, status = $6, external_ref = $7,
                password_hash = $8, updated_at = $9, locale = $10, version = version + 1
            WHERE id = $1
            """,
            id, email, email.key, name, role.rawValue, status.rawValue, externalRef, passwordHash, now,
            locale)
        var (before, after) = (old.fields, new.fields)
        if old.passwordHash != new.passwordHash {
            before["password"] = .string(old.passwordHash == nil ? "none" : "old")
            after["password"] = "new"
        }
        tx.changed(.user(id), from: before, to: after)
        return new
    }
}
