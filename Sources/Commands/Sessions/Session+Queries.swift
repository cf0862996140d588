import JSON
import Storage

extension Session {
    static func find(_ id: ID, in tx: Transaction) throws -> Session? {
        try tx.row("SELECT * FROM sessions WHERE id = $1", id).map(Session.init(row:))
    }

    /// The user's live sessions after the id `cursor`, oldest first.
    static func live(
        of user: User.ID, after cursor: Int64 = 0, limit: Int = .max, at now: Timestamp, in tx: Transaction
    )
        throws -> [Session]
    {
        try tx.rows(
            """
            SELECT * FROM sessions WHERE user_id = $1 AND id > $2 AND ended_at IS NULL AND expires_at > $3
            ORDER BY id LIMIT $4
            """, user, cursor, now, limit
        ).map(Session.init(row:))
    }

    /// The live session of a device for what was asked for at its login: `deviceId` counts per user and product.
    static func live(
        of user: User.ID, device: String, product: ProductID?, at now: Timestamp, in tx: Transaction
    ) throws -> Session? {
        try tx.row(
            """
            SELECT * FROM sessions
            WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $4 AND device_id = $2
                AND COALESCE(product_id, '') = COALESCE($3, '')
            ORDER BY id DESC LIMIT 1
            """, user, device, product, now
        ).map(Session.init(row:))
    }
}
