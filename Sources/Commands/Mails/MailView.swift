import Mailer
import Storage

/// A mail of the outbox in an answer: never its parameters or its link.
package struct MailView: Encodable, Sendable {
    let id: OutboxMail.ID
    let messageId: String
    let template: String
    let to: String
    let state: OutboxState
    let attempts: Int
    let createdAt: Timestamp
    @OrNull var nextTryAt: Timestamp?
    @OrNull var finishedAt: Timestamp?
    @OrNull var code: Int?
    @OrNull var answer: String?

    init(_ mail: OutboxEntry) {
        id = mail.id
        messageId = mail.messageID
        template = mail.template
        to = mail.address
        state = mail.state
        attempts = mail.attempts
        createdAt = mail.createdAt
        nextTryAt = mail.nextTryAt
        finishedAt = mail.finishedAt
        code = mail.code
        answer = mail.answer
    }
}
