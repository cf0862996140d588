import JSON
import Storage

extension License {
    static func find(_ id: ID, in tx: Transaction) throws -> License? {
        try tx.row("SELECT * FROM licenses WHERE id = $1", id).map(License.init(row:))
    }

    static func find(externalRef: String, in tx: Transaction) throws -> License? {
        try tx.row("SELECT * FROM licenses WHERE external_ref = $1", externalRef).map(License.init(row:))
    }

    static func list(of user: User.ID, in tx: Transaction) throws -> [License] {
        try tx.rows("SELECT * FROM licenses WHERE user_id = $1 ORDER BY id", user).map(License.init(row:))
    }

    /// The user's licences for a product, if given, that have not ended, in order of their ids.
    static func current(of user: User.ID, for product: ProductID?, at now: Timestamp, in tx: Transaction) throws -> [ID]
    {
        try tx.rows(
            """
            SELECT id FROM licenses
            WHERE user_id = $1 AND product_id = COALESCE($2, product_id) AND (valid_until IS NULL OR valid_until > $3)
            ORDER BY id
            """, user, product, now
        ).map { try $0.id("id") }
    }

    /// Whether the user has a licence for a product, if given, ended or not.
    static func exists(of user: User.ID, for product: ProductID?, in tx: Transaction) throws -> Bool {
        try tx.row(
            "SELECT id FROM licenses WHERE user_id = $1 AND product_id = COALESCE($2, product_id) LIMIT 1", user,
            product
        ) != nil
    }

    /// How many seats of each of the user's licences are held now.
    static func seatsUsed(of user: User.ID, at now: Timestamp, in tx: Transaction) throws -> [ID: Int] {
        let rows = try tx.rows(
            """
            SELECT license_id, COUNT(*) AS used FROM sessions
            WHERE user_id = $1 AND ended_at IS NULL AND license_id IS NOT NULL AND seat_until > $2
            GROUP BY license_id
            """, user, now)
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.id("license_id"), try $0.int("used")) })
    }

    /// Holds the licence's row, and so its seats, until the end of the transaction; the licence as it is now.
    static func lock(_ id: ID, in tx: Transaction) throws -> License? { try lock([id], in: tx).first }

    /// Holds the rows of several licences, one after the other; those that are still there, as they are now.
    ///
    /// `ids` are in order, as everywhere, so that two such transactions never wait for each other. One statement for all
    /// would take them in any order.
    static func lock(_ ids: [ID], in tx: Transaction) throws -> [License] {
        let results = try tx.together(
            ids.map { SQLStatement("UPDATE licenses SET version = version + 1 WHERE id = $1 RETURNING *", $0) })
        let licenses = try results.compactMap { try $0.rows.first.map(License.init(row:)) }
        for license in licenses { tx.touched(.license(license.id)) }
        return licenses
    }

    /// Makes a licence; nil when the reference is taken.
    static func insert(
        user: User.ID, product: ProductID, seats: Int, validUntil: Timestamp?, externalRef: String?, at now: Timestamp,
        in tx: Transaction
    ) throws -> License? {
        let id: ID? = try tx.insert(
            """
            INSERT INTO licenses (user_id, product_id, seats, valid_until, external_ref, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING
            """,
            user, product, seats, validUntil, externalRef, now)
        guard let id else { return nil }
        let license = License(
            id: id, userID: user, productID: product, seats: seats, validUntil: validUntil, externalRef: externalRef,
            createdAt: now, updatedAt: now)
        tx.changed(.license(license.id), to: .object(license.fields))
        return license
    }

    func update(from old: License, at now: Timestamp, in tx: Transaction) throws -> License {
        var new = self
        new.updatedAt = now
        try tx.execute(
            """
            UPDATE licenses SET product_id = $2, seats = $3, valid_until = $4, updated_at = $5, pruned_at = NULL,
                version = version + 1
            WHERE id = $1
            """,
            id, productID, seats, validUntil, now)
        tx.changed(.license(id), from: old.fields, to: new.fields)
        return new
    }
}
