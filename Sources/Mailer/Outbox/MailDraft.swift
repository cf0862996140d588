package import JSON
package import Storage

/// A mail to be sent, as the command that causes it knows it: which template, to whom, with what. Never a secret.
package struct MailDraft: Sendable {
    package let template: String
    package let to: Mailbox
    /// A language tag such as `de-AT` (RFC 5646); empty for the language that is there for everybody.
    package let locale: String
    /// An object with what the template's text is made of, later.
    package let parameters: JSONValue
    package let mailClass: MailClass
    /// After this moment the mail is of no use, and is not sent.
    package let notAfter: Timestamp?
    /// Of the mails with one key only the first is taken: user, template and minute, say.
    package let dedupeKey: String?

    package init(
        template: String, to: Mailbox, locale: String = "", parameters: JSONValue = .object([:]),
        mailClass: MailClass, notAfter: Timestamp? = nil, dedupeKey: String? = nil
    ) {
        self.template = template
        self.to = to
        self.locale = locale
        self.parameters = parameters
        self.mailClass = mailClass
        self.notAfter = notAfter
        self.dedupeKey = dedupeKey
    }
}
