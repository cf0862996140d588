package import Storage

/// What mails say, known to whoever knows what they are about; the mailer does not.
package protocol MailContent: Sendable {
    /// The texts of a mail, made in a read when it is about to be sent, and the same in every attempt.
    ///
    /// Here a link gets its token: the outbox holds none. An error is taken for a bug or a broken template: the mail is
    /// tried again by its schedule.
    func render(_ mail: OutboxMail, in tx: Transaction) throws -> MailRendering

    /// A server has taken the mail; `tx` is the transaction that says so in the outbox.
    ///
    /// May run again for the same mail, because a mail can be sent twice.
    func delivered(_ mail: OutboxMail, at now: Timestamp, in tx: Transaction) throws
}

/// What a ``MailContent`` makes of a mail.
package enum MailRendering: Sendable {
    case mail(RenderedTexts)
    /// There is nothing to say any more: the link was used, the user is gone. The mail ends as expired.
    case void(reason: String)
}
