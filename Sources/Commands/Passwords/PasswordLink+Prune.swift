import Storage

extension PasswordLink {
    /// Deletes links that were over before `time`: spent, or expired and never used.
    ///
    /// An expired one stays while a mail as old as it, or older, waits: an invitation's time begins anew when its mail is
    /// delivered, and `oldestMail` is when the oldest that waits was made.
    ///
    /// - Returns: How many were deleted; call it again while that is `limit`.
    static func prune(overBefore time: Timestamp, oldestMail: Timestamp?, limit: Int, in tx: Transaction) throws -> Int
    {
        let spent = try tx.rows(
            """
            DELETE FROM password_links WHERE id IN (
                SELECT id FROM password_links WHERE spent_at < $1 ORDER BY spent_at LIMIT $2)
            RETURNING id
            """, time, limit)
        let expired = try tx.rows(
            """
            DELETE FROM password_links WHERE id IN (
                SELECT id FROM password_links WHERE spent_at IS NULL AND expires_at < $1 AND created_at < $3
                ORDER BY expires_at LIMIT $2)
            RETURNING id
            """, time, limit - spent.count, oldestMail ?? Timestamp(milliseconds: .max))
        for row in spent + expired { tx.touched(.passwordLink(try row.id("id"))) }
        return spent.count + expired.count
    }
}
