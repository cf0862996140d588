package import Storage

/// The latest moment that the database knows of, so that a clock that was set back does not bring old tokens to life.
package enum LatestTime {
    @Sendable
    package static func stored(in tx: Transaction) throws -> Timestamp {
        let row = try tx.row(
            """
            SELECT MAX(latest) AS latest FROM (
                SELECT MAX(at) AS latest FROM (SELECT at FROM audit ORDER BY id DESC LIMIT 100) AS recent
                UNION ALL
                SELECT MAX(updated_at) FROM (SELECT updated_at FROM sessions ORDER BY id DESC LIMIT 100) AS recent
            ) AS times
            """)
        return try row?.optionalTimestamp("latest") ?? Timestamp(milliseconds: 0)
    }
}
