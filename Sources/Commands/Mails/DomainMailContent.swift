import JSON
package import Mailer
package import Storage

/// What the mails of this server say: fills the templates, and puts the token into a link when the mail is about to go.
package struct DomainMailContent: MailContent {
    let templates: TemplateLibrary
    let links: PasswordLinks
    let clock: Clock
    let settings: DomainSettings

    package init(templates: TemplateLibrary, services: Services) {
        self.templates = templates
        links = services.links
        clock = services.clock
        settings = services.settings
    }

    package func render(_ mail: OutboxMail, in tx: Transaction) throws -> MailRendering {
        var values: [String: TemplateValue] = [
            "appName": .text(settings.appName), "name": .text(mail.to.name), "email": .text(mail.to.address.text),
            "time": .text(Self.minute(mail.createdAt)), "resetUrl": .url(settings.publicURL + "/reset-password"),
        ]
        switch mail.template {
        case "set-password", "reset-password":
            guard let link = try link(of: mail, in: tx), isWorthSending(link) else {
                return .void(reason: "The link has been used, is over, or a newer change made it void.")
            }
            let lifetime = link.purpose == .setPassword ? settings.inviteLifetime : PasswordLinks.resetLifetime
            values["link"] = .url(links.url(of: link))
            values["lifetime"] = .text(lifetime.inWords)
        case "profile-updated":
            let changes = mail.parameters["changes"]?.arrayValue ?? []
            values["changes"] = .list(changes.compactMap(Self.sentence))
        case "session-revoked", "session-reused":
            values["device"] = Self.device(mail.parameters).map(TemplateValue.text)
        default:
            break
        }
        return .mail(try templates.render(mail.template, locale: mail.locale, values: values))
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

    private static func sentence(_ change: JSONValue) -> String? {
        guard let label = change["label"]?.stringValue, let value = change["value"]?.stringValue else { return nil }
        return "\(label): \(value)"
    }

    /// What tells the user which device it was: its name or program, and its place.
    private static func device(_ parameters: JSONValue) -> String? {
        let name = parameters["device"]?.stringValue ?? parameters["userAgent"]?.stringValue
        let parts = [name, parameters["city"]?.stringValue, parameters["country"]?.stringValue].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Such as `2027-01-01 10:30 UTC`.
    private static func minute(_ time: Timestamp) -> String {
        time.description.prefix(16).replacing("T", with: " ") + " UTC"
    }
}

extension Duration {
    /// In the largest unit that gives a whole number: "3 days", "1 hour", "30 minutes".
    var inWords: String {
        let seconds = components.seconds
        for (unit, length) in [("day", Int64(86_400)), ("hour", 3_600), ("minute", 60)] where seconds % length == 0 {
            let count = seconds / length
            return count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
        }
        return "\(seconds) seconds"
    }
}
