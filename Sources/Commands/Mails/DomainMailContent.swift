import JSON
package import Mailer
package import Storage

/// What the mails of this server say, made of the rows of the outbox; a link gets its token when the mail is about to go.
package struct DomainMailContent: MailContent {
    let templates: CurrentTemplates
    let links: PasswordLinks
    let clock: Clock
    let settings: DomainSettings

    package init(templates: CurrentTemplates, services: Services) {
        self.templates = templates
        links = services.links
        clock = services.clock
        settings = services.settings
    }

    package func render(_ mail: OutboxMail, in tx: Transaction) throws -> MailRendering {
        var facts = MailFacts(
            template: mail.template, to: mail.to, locale: mail.locale, time: mail.createdAt,
            parameters: mail.parameters)
        if ["set-password", "reset-password"].contains(mail.template) {
            guard let link = try link(of: mail, in: tx), isWorthSending(link) else {
                return .void(reason: "The link has been used, is over, or a newer change made it void.")
            }
            let lifetime = link.purpose == .setPassword ? settings.inviteLifetime : PasswordLinks.resetLifetime
            facts.link = (links.url(of: link), lifetime)
        }
        return .mail(try MailWriter(templates: templates.library, settings: settings).texts(of: facts))
    }

    /// An invitation's time begins when a server has taken it.
    package func delivered(_ mail: OutboxMail, at now: Timestamp, in tx: Transaction) throws {
        guard mail.mailClass == .invitation, let link = try link(of: mail, in: tx) else { return }
        try link.restart(until: now + settings.inviteLifetime, in: tx)
    }

    private func link(of mail: OutboxMail, in tx: Transaction) throws -> PasswordLink? {
        try mail.parameters["linkId"]?.intValue.flatMap { try PasswordLink.find(PasswordLink.ID(rawValue: $0), in: tx) }
    }

    /// An invitation that waited long goes out all the same: its time begins with the delivery.
    private func isWorthSending(_ link: PasswordLink) -> Bool {
        link.purpose == .setPassword ? link.spentAt == nil : link.isLive(at: clock.now())
    }
}
