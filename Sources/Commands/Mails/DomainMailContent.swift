import Engine
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

    /// An invitation's time begins when a server has taken it; a mail that nobody will get is on record.
    package func settled(_ mail: OutboxMail, _ ending: MailEnding, at now: Timestamp, in tx: Transaction) throws {
        switch ending {
        case .sent:
            guard mail.mailClass == .invitation, let link = try link(of: mail, in: tx) else { return }
            try link.restart(until: now + settings.inviteLifetime, in: tx)
        case .failed(let code): try recordLoss(of: mail, "failed", code, at: now, in: tx)
        case .expired(let code): try recordLoss(of: mail, "expired", code, at: now, in: tx)
        case .void: break
        }
    }

    /// Without the address, which `list-mails` has, and the server's words, which nobody can vouch for.
    private func recordLoss(
        of mail: OutboxMail, _ state: JSONValue, _ code: Int?, at now: Timestamp, in tx: Transaction
    ) throws {
        tx.changed(
            mail.subject, from: ["state": "waiting"],
            to: ["state": state, "template": .string(mail.template), "code": code.map(JSONValue.integer) ?? .null])
        try AuditLog.append(bySystem: "send-mail", id: mail.messageID, at: now, in: tx)
    }

    private func link(of mail: OutboxMail, in tx: Transaction) throws -> PasswordLink? {
        try mail.parameters["linkId"]?.intValue.flatMap { try PasswordLink.find(PasswordLink.ID(rawValue: $0), in: tx) }
    }

    /// An invitation that waited long goes out all the same: its time begins with the delivery.
    private func isWorthSending(_ link: PasswordLink) -> Bool {
        link.purpose == .setPassword ? link.spentAt == nil : link.isLive(at: clock.now())
    }
}
