package import Engine

/// Reading what became of the mails; sending them is the mailer's.
package struct MailsPlugin: CommandPlugin {
    package let name = "mails"

    package var commands: [any Command] { [ListMails()] }
}
