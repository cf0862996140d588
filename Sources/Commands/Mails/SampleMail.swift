import JSON
package import Mailer
package import Storage

/// A mail with made-up contents, to see what a template says.
package struct SampleMail: Sendable {
    let template: String
    let locale: String
    /// Of `password-updated`: the first password, not another one.
    let isFirst: Bool

    package init(_ template: String, locale: String, isFirst: Bool = false) {
        self.template = template
        self.locale = locale
        self.isFirst = isFirst
    }

    package func texts(_ templates: TemplateLibrary, _ settings: DomainSettings, at now: Timestamp) throws
        -> RenderedTexts
    {
        var facts = MailFacts(
            template: template,
            to: Mailbox(name: "Anna Berger", address: try MailAddress("anna@example.com")),
            locale: locale, time: now,
            parameters: [
                "isFirst": .bool(isFirst), "device": "Firefox", "city": "Vienna", "country": "AT",
                "changes": [
                    ["label": "address", "value": "anna@example.com"], ["label": "name", "value": "Anna Berger"],
                    ["label": "role", "value": "MANAGER"], ["label": "locale", "value": "de-AT"],
                    ["label": "status", "value": "ACTIVE"],
                ],
            ])
        let token = TokenKind.link.prefix + "this-is-a-sample"
        facts.link = (
            settings.publicURL + "/create-password?token=" + token,
            template == "set-password" ? settings.inviteLifetime : PasswordLinks.resetLifetime
        )
        return try MailWriter(templates: templates, settings: settings).texts(of: facts)
    }
}
