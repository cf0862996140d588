import Storage

extension Session {
    /// Deletes sessions that were over before `time`: ended, or past their lifetime and never ended.
    ///
    /// - Returns: How many were deleted; call it again while that is `limit`.
    static func prune(overBefore time: Timestamp, limit: Int, in tx: Transaction) throws -> Int {
        let ended = try tx.rows(
            """
            DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions WHERE ended_at < $1 ORDER BY ended_at LIMIT $2)
            RETURNING id
            """, time, limit)
        // A seat that such a session still has is free since the end of its lifetime, and goes with the row.
        let expired = try tx.rows(
            """
            DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions WHERE ended_at IS NULL AND expires_at < $1 ORDER BY expires_at LIMIT $2)
            RETURNING id
            """, time, limit - ended.count)
        for row in ended + expired { tx.touched(.session(try row.id("id"))) }
        return ended.count + expired.count
    }
}
