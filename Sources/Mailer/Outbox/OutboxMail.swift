package import JSON
package import Storage

/// A mail in the outbox that is about to be sent.
package struct OutboxMail: Sendable {
    package typealias ID = RowID<OutboxMail>

    package let id: ID
    /// The left half of its Message-ID, the same in every attempt.
    package let messageID: String
    package let template: String
    package let to: Mailbox
    package let locale: String
    package let parameters: JSONValue
    package let mailClass: MailClass
    package let createdAt: Timestamp
    package let notAfter: Timestamp?
    /// How many attempts there were, with the one under way.
    package let attempts: Int

    /// What a statement returns for ``init(_:)``.
    static let columns = """
        id, message_id, template, address, name, locale, parameters, class, created_at, not_after, attempts
        """

    init(_ row: Row) throws {
        id = try row.id("id")
        messageID = try row.string("message_id")
        template = try row.string("template")
        to = Mailbox(name: try row.string("name"), address: try MailAddress(row.string("address")))
        locale = try row.string("locale")
        parameters = try JSONValue(parsing: row.string("parameters"))
        guard let mailClass = MailClass(rawValue: try row.string("class")) else {
            throw StorageError.unexpectedColumn("class")
        }
        self.mailClass = mailClass
        createdAt = try row.timestamp("created_at")
        notAfter = try row.optionalTimestamp("not_after")
        attempts = try row.int("attempts")
    }

    /// What stands in changes and audits for it.
    package var subject: Change.Subject { Change.Subject("mail", id.rawValue) }
}
