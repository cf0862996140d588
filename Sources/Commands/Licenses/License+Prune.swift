import Storage

// A licence that has ended gives nobody a seat any more. Once its seats are empty it is marked, so that `prune-sessions`
// does not look at all that ever ended; a change of the licence takes the mark away.
extension License {
    /// Licences that have ended and may still have seats that are held, in order of their ids.
    static func endedUnpruned(limit: Int, at now: Timestamp, in tx: Transaction) throws -> [ID] {
        try tx.rows(
            "SELECT id FROM licenses WHERE valid_until <= $1 AND pruned_at IS NULL ORDER BY valid_until LIMIT $2",
            now, limit
        ).map { try $0.id("id") }.sorted()
    }

    /// Marks the licence, and holds its row; false when it has not ended, or is marked.
    static func markPruned(_ id: ID, at now: Timestamp, in tx: Transaction) throws -> Bool {
        let row = try tx.row(
            """
            UPDATE licenses SET pruned_at = $2
            WHERE id = $1 AND valid_until <= $2 AND pruned_at IS NULL RETURNING id
            """, id, now)
        if row != nil { tx.touched(.license(id)) }
        return row != nil
    }

    static func unmarkPruned(_ id: ID, in tx: Transaction) throws {
        try tx.execute("UPDATE licenses SET pruned_at = NULL WHERE id = $1", id)
        tx.touched(.license(id))
    }
}
