import Storage

/// What one start of one node does to the outbox: it claims mails for itself and says what came of them.
///
/// A mail is claimed for a while only, and only when it is about to be tried. When the process dies, the mail is due again:
/// at once for the same node, which knows its old claims, and after the lease for others. So a crash sends no mail more
/// than once again, and no more mails than there were lanes.
struct OutboxLease: Sendable {
    /// Which machine, the same after a restart.
    let node: String
    /// Which start of it: different each time.
    let start: String
    /// Longer than any delivery may take.
    let duration: Duration

    /// How many mails are due, counted no further than `limit`; asked first, for it takes no writer.
    func countDue(upTo limit: Int, at now: Timestamp, in tx: Transaction) throws -> Int {
        try Self.priorities.reduce(0) { count, priority in
            guard count < limit else { return count }
            let row = try tx.row(
                """
                SELECT count(*) AS due FROM (
                    SELECT 1 FROM outbox WHERE \(Self.isFree) AND priority = $1 LIMIT $2
                ) AS due_mails
                """, priority, limit - count, start, now)
            return count + (try row?.int("due") ?? 0)
        }
    }

    /// Claims the next mail: the most urgent class, the one due for longest.
    func claim(at now: Timestamp, in tx: Transaction) throws -> OutboxMail? {
        // The conditions stand twice because in PostgreSQL another node may have claimed the row after the look-up began.
        let row = try tx.row(
            """
            UPDATE outbox SET state = 'sending', due_at = $1, lease_node = $2, lease_start = $3, attempts = attempts + 1
            WHERE id = COALESCE(\(Self.next(tx.skippingLocked))) AND \(Self.isFree)
            RETURNING \(OutboxMail.columns)
            """, now + duration, node, start, now)
        guard let row else { return nil }
        tx.touched(Change.Subject("mail", try row.int64("id")))
        do {
            return try OutboxMail(row)
        } catch {
            // It would stand in everybody's way for ever.
            try fail(row, because: "\(error)", at: now, in: tx)
            return try claim(at: now, in: tx)
        }
    }

    private static let priorities = MailClass.allCases.map(\.priority).sorted()

    /// What this start has in hand itself is never free: its clock may have been moved, and it will say what came of it.
    static let isFree = """
        state IN ('waiting', 'sending') AND due_at <= $4 AND (lease_start IS NULL OR lease_start <> $3)
        """

    /// A look-up for each class, the next only if the one before finds nothing: each is one step into the index, however
    /// many mails of its class wait for their next try.
    ///
    /// Mails that somebody else is just claiming are passed over: all lanes of all nodes want the same one.
    private static func next(_ skippingLocked: String) -> String {
        priorities.map { priority in
            """
            (
                SELECT id FROM outbox WHERE \(isFree) AND priority = \(priority)
                ORDER BY due_at, id LIMIT 1 \(skippingLocked)
            )
            """
        }.joined(separator: ", ")
    }

    private func fail(_ row: Row, because reason: String, at now: Timestamp, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE outbox SET state = 'failed', finished_at = $1, last_text = $2, lease_node = NULL, lease_start = NULL
            WHERE id = $3
            """, now, "The row cannot be read: \(reason)", try row.int64("id"))
    }

    /// Takes back what earlier starts of this node had claimed.
    func retake(at now: Timestamp, in tx: Transaction) throws -> Int {
        let rows = try tx.rows(
            """
            UPDATE outbox SET state = 'waiting', due_at = $1, lease_node = NULL, lease_start = NULL
            WHERE state = 'sending' AND lease_node = $2 AND lease_start <> $3
            RETURNING id
            """, now, node, start)
        for row in rows { tx.touched(Change.Subject("mail", try row.int64("id"))) }
        return rows.count
    }

    /// Writes what came of a mail; false when it is no longer ours, because the lease ended and another took it.
    func record(_ outcome: MailOutcome, of mail: OutboxMail, at now: Timestamp, in tx: Transaction) throws -> Bool {
        let count = try tx.execute(
            """
            UPDATE outbox SET state = $1, due_at = $2, attempts = $3, finished_at = $4, last_code = $5, last_text = $6,
                lease_node = NULL, lease_start = NULL
            WHERE id = $7 AND state = 'sending' AND lease_start = $8
            """, outcome.outboxState.rawValue, outcome.dueAt ?? now, outcome.attempts, outcome.dueAt == nil ? now : nil,
            outcome.code, outcome.text, mail.id, start)
        tx.touched(mail.subject)
        return count == 1
    }
}
