package import Cryptography
import JSON
package import Storage

/// The table of mails that wait to be sent: written in the transaction of the command that causes them, so that there is
/// no mail for what did not happen and none is lost for what did.
package struct Outbox: Sendable {
    private let random: any RandomSource
    private let maximumWaiting: Int
    private let estimate = WaitingEstimate()

    /// An outbox in which no more than `maximumWaiting` mails may wait.
    package init(random: any RandomSource, maximumWaiting: Int = 100_000) {
        self.random = random
        self.maximumWaiting = maximumWaiting
    }

    /// Takes a mail for sending. Afterwards, when the transaction is on disk, ``OutboxWorker/notify()`` makes it go at once.
    ///
    /// `hasCheckedRoom` is for a caller that has asked ``hasRoom(in:)`` in this transaction.
    ///
    /// - Returns: Its id; for a draft whose key is known, that of the first.
    /// - Throws: ``OutboxFull``, ``StorageError``
    @discardableResult
    package func enqueue(
        _ draft: MailDraft, at now: Timestamp, in tx: Transaction, hasCheckedRoom: Bool = false
    ) throws -> OutboxMail.ID {
        if let key = draft.dedupeKey,
            let row = try tx.row("SELECT id FROM outbox WHERE dedupe_key = $1", key)
        {
            return try row.id("id")
        }
        guard try hasCheckedRoom || hasRoom(in: tx) else { throw OutboxFull() }
        estimate.add()
        guard let id: OutboxMail.ID = try insert(draft, at: now, in: tx) ?? known(draft.dedupeKey, in: tx) else {
            throw StorageError.misuse("A mail could not be put into the outbox.")
        }
        tx.touched(Change.Subject("mail", id.rawValue))
        return id
    }

    /// Whether another mail may wait.
    package func hasRoom(in tx: Transaction) throws -> Bool {
        try estimate.isBelow(maximumWaiting) { try waiting(upTo: maximumWaiting, in: tx) }
    }

    /// How many mails wait, counted no further than `limit`.
    func waiting(upTo limit: Int, in tx: Transaction) throws -> Int {
        let row = try tx.row(
            """
            SELECT count(*) AS waiting
            FROM (SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') LIMIT $1) AS unfinished
            """, limit)
        return try row?.int("waiting") ?? 0
    }

    /// When the oldest waiting mail was made.
    package func oldest(in tx: Transaction) throws -> Timestamp? {
        try [OutboxState.waiting, .sending].compactMap { state in
            try tx.row("SELECT created_at FROM outbox WHERE state = $1 ORDER BY id LIMIT 1", state.rawValue)?
                .timestamp("created_at")
        }.min()
    }

    /// Deletes mails that were done with before `time`; call it again while it returns `limit`.
    ///
    /// - Returns: How many were deleted.
    package func prune(finishedBefore time: Timestamp, limit: Int = 500, in tx: Transaction) throws -> Int {
        let rows = try tx.rows(
            """
            DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE finished_at < $1 ORDER BY finished_at LIMIT $2)
            RETURNING id
            """, time, limit)
        for row in rows { tx.touched(Change.Subject("mail", try row.int64("id"))) }
        return rows.count
    }

    private func insert(_ draft: MailDraft, at now: Timestamp, in tx: Transaction) throws -> OutboxMail.ID? {
        try tx.insert(
            """
            INSERT INTO outbox (message_id, template, address, name, locale, parameters, class, priority, created_at,
                not_after, dedupe_key, state, attempts, due_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', 0, $9)
            ON CONFLICT (dedupe_key) DO NOTHING
            """,
            ULID.make(at: now, random: random), draft.template, draft.to.address.text, draft.to.name, draft.locale,
            draft.parameters.text, draft.mailClass.rawValue, draft.mailClass.priority, now, draft.notAfter,
            draft.dedupeKey)
    }

    private func known(_ key: String?, in tx: Transaction) throws -> OutboxMail.ID? {
        try tx.row("SELECT id FROM outbox WHERE dedupe_key = $1", key)?.id("id")
    }
}

/// As many mails wait as may: nothing that mails can be done now.
package struct OutboxFull: Error, Sendable, CustomStringConvertible {
    package init() {}

    package var description: String { "Too many mails are waiting to be sent." }
}
