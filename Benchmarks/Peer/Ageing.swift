import Storage

/// Adds what `prune-sessions` and the sweep look for, in a database that was filled: spread over it at random.
///
/// - `count` sessions whose lifetime has ended an hour ago;
/// - `count / 5` licences that ended an hour ago, with whoever sits on them;
/// - `count` sessions that ended 40 days ago, and `count` rows of the audit from before 410 days.
struct Ageing {
    let count: Int

    func run(_ folder: DataFolder.Contents) async throws {
        let (count, now) = (count, folder.clock.now())
        try await folder.database.write { tx in
            try Self.addSessions(count, lifetimeOverAt: now - .seconds(3600), endedAt: nil, in: tx)
            let longAgo = now - .seconds(40 * 86_400)
            try Self.addSessions(count, lifetimeOverAt: longAgo, endedAt: longAgo, in: tx)
            try tx.execute(
                """
                UPDATE licenses SET valid_until = $1, pruned_at = NULL WHERE id IN (
                    SELECT id FROM licenses WHERE valid_until > $2 ORDER BY random() LIMIT $3)
                """, now - .seconds(3600), now, count / 5)
            // Rows of the audit are in the order of their times; filling has left room before the first.
            try tx.execute(
                """
                WITH RECURSIVE \(Filling.numbers)
                INSERT INTO audit (id, at, action, outcome, caller_kind, request_id, changes)
                SELECT (SELECT MIN(id) FROM audit) - n, $3, 'login', 'done', 'anonymous', 'old', '[]' FROM numbers
                """, 1, count, now - .seconds(410 * 86_400))
        }
    }

    private static func addSessions(
        _ count: Int, lifetimeOverAt end: Timestamp, endedAt: Timestamp?, in tx: Transaction
    ) throws {
        try tx.execute(
            """
            WITH RECURSIVE \(Filling.numbers)
            INSERT INTO sessions (user_id, device_id, user_agent, limited_reason, nonce, generation, previous_generation,
                rotated_at, created_at, updated_at, last_used_at, expires_at, ended_at, end_reason)
            SELECT 1 + abs(random()) % (SELECT MAX(id) FROM users), 'old-' || n, 'Studio/1.0', 'no-free-seat',
                randomblob(16), 1, 0, $3, $3, $3, $3, $4, $5, CASE WHEN $5 IS NULL THEN NULL ELSE 'logout' END
            FROM numbers
            """, 1, count, end - .seconds(86_400), end, endedAt)
    }
}
