public import Storage

extension AuditLog {
    /// Deletes rows that were written before `time`, the oldest first; call it again while it returns `limit`.
    ///
    /// Rows are in the order of their times, so that the first `limit` by id are looked at and no index is needed.
    ///
    /// - Returns: How many were deleted.
    public static func prune(before time: Timestamp, limit: Int, in tx: Transaction) throws -> Int {
        let rows = try tx.rows(
            """
            DELETE FROM audit WHERE id IN (
                SELECT id FROM (SELECT id, at FROM audit WHERE id > 0 ORDER BY id LIMIT $2) AS oldest WHERE at < $1)
            RETURNING id
            """, time, limit)
        for row in rows { tx.touched(Change.Subject("audit", try row.int64("id"))) }
        return rows.count
    }
}
