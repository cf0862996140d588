import Mailer
import Storage

/// A mail for whoever sets Usher up, to see whether mail works: by the transport that is set, and not by the outbox.
struct TestMail {
    let to: MailAddress

    /// Sends it; what was answered.
    ///
    /// - Throws: ``MailNotTaken``
    func send(by installation: Installation) async throws -> String {
        let (settings, transport) = (installation.settings, installation.mailTransport())
        let delivery = await transport.deliver(message(installation), label: "test")
        await transport.close()
        guard delivery.verdict == .sent else { throw MailNotTaken(place: transport.place, delivery: delivery) }
        return switch settings.mail.transport {
        case .folder: "No SMTP server is set. The mail is a file: \(delivery.text)."
        case .smtp: "\(transport.place) took the mail to \(to). It answered: \(delivery.text)"
        }
    }

    private func message(_ installation: Installation) -> MailMessage {
        let name = installation.settings.app.name
        return MailMessage(
            from: installation.settings.mail.from, to: Mailbox(address: to), subject: "A test mail from \(name)",
            text: """
                Hello,

                somebody who sets up \(name) sent this mail to see whether mail works. It does.

                There is nothing to do.

                """,
            html: nil, date: installation.clock.now(), id: RequestID.make(installation.random))
    }
}

/// What became of a mail that was not taken, and what to do about it.
struct MailNotTaken: Error, CustomStringConvertible {
    let place: String
    let delivery: Delivery

    var description: String { "\(sentence) It was \(place). \(answer)" }

    private var sentence: String {
        switch delivery.verdict {
        case .sent: "The mail was sent."
        case .delayed: "The mail server does not want the mail now (greylisting, or a busy mailbox). Try again later."
        case .refused: "The mail server does not want this mail, or not for this address."
        case .refusedByPolicy:
            "The mail server refuses the mail by its policy. Look at USHER_MAIL_FROM, or ask its owner."
        case .misconfigured: "No mail gets through until the settings here, or the mail server's, are changed."
        case .unreachable: "The mail server cannot be reached, or broke off."
        case .interrupted: "The sending was interrupted."
        }
    }

    private var answer: String {
        // An SMTP reply begins with its code; other texts do not.
        guard let code = delivery.code, !delivery.text.hasPrefix("\(code)") else { return "It said: \(delivery.text)" }
        return "It said: \(code) \(delivery.text)"
    }
}
