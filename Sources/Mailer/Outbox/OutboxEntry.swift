package import Storage

/// A mail of the outbox as a person may look at it: without its parameters, from which links are made.
package struct OutboxEntry: Sendable {
    package let id: OutboxMail.ID
    /// The left half of its Message-ID, by which the mail server's log knows it.
    package let messageID: String
    package let template: String
    package let address: String
    package let state: OutboxState
    package let attempts: Int
    package let createdAt: Timestamp
    /// Nil unless it waits.
    package let nextTryAt: Timestamp?
    /// Nil while it is not done with.
    package let finishedAt: Timestamp?
    /// The server's last reply code, and what it said.
    package let code: Int?
    package let answer: String?

    init(_ row: Row) throws {
        id = try row.id("id")
        messageID = try row.string("message_id")
        template = try row.string("template")
        address = try row.string("address")
        guard let state = OutboxState(rawValue: try row.string("state")) else {
            throw StorageError.unexpectedColumn("state")
        }
        self.state = state
        attempts = try row.int("attempts")
        createdAt = try row.timestamp("created_at")
        nextTryAt = state == .waiting ? try row.timestamp("due_at") : nil
        finishedAt = try row.optionalTimestamp("finished_at")
        code = try row.optionalInt("last_code")
        answer = try row.optionalString("last_text")
    }
}

extension Outbox {
    /// The mails after the one with the id `cursor`, in one state or in any, oldest first, at most `limit`.
    package static func list(
        _ state: OutboxState?, after cursor: Int64, limit: Int, in tx: Transaction
    ) throws -> [OutboxEntry] {
        let columns = """
            id, message_id, template, address, state, attempts, created_at, due_at, finished_at, last_code, last_text
            """
        let rows =
            if let state {
                try tx.rows(
                    "SELECT \(columns) FROM outbox WHERE state = $1 AND id > $2 ORDER BY id LIMIT $3", state.rawValue,
                    cursor, limit)
            } else {
                try tx.rows("SELECT \(columns) FROM outbox WHERE id > $1 ORDER BY id LIMIT $2", cursor, limit)
            }
        return try rows.map(OutboxEntry.init)
    }
}
