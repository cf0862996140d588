package import Storage

/// What mails say, known to whoever knows what they are about; the mailer does not.
package protocol MailContent: Sendable {
    /// The texts of a mail, made in a read when it is about to be sent, and the same in every attempt.
    ///
    /// Here a link gets its token: the outbox holds none. An error is taken for a bug or a broken template: the mail is
    /// tried again by its schedule.
    func render(_ mail: OutboxMail, in tx: Transaction) throws -> MailRendering

    /// A mail is done with; `tx` is the transaction that says so in the outbox.
    ///
    /// Runs once for each mail; when it throws, what it wrote is undone and the mail stays settled.
    func settled(_ mail: OutboxMail, _ ending: MailEnding, at now: Timestamp, in tx: Transaction) throws
}

/// What a ``MailContent`` makes of a mail.
package enum MailRendering: Sendable {
    case mail(RenderedTexts)
    /// There is nothing to say any more: the link was used, the user is gone. The mail ends as expired.
    case void(reason: String)
}

/// How a mail ended.
package enum MailEnding: Sendable, Hashable {
    /// A server has taken it.
    case sent
    /// It was refused for good, or never taken in all the attempts of its schedule; `code` is the last answer's.
    case failed(code: Int?)
    /// It was not taken in the time in which it was of use.
    case expired(code: Int?)
    /// It was not sent because there was nothing to say any more.
    case void
}
