package import Mailer
import Resources

/// The seven mails and the phrases in them, with everything that their templates may use.
package enum MailTemplates {
    /// The names of the mails.
    package static let names = mails.map(\.name)

    static let declarations = mails + phrases

    private static let mails = [
        mail("set-password", ["link": .url, "lifetime": .text, "resetUrl": .url]),
        mail("reset-password", ["link": .url, "lifetime": .text]),
        mail("password-updated", ["isFirst": .flag, "resetUrl": .url]),
        mail(
            "profile-updated",
            [
                "newEmail": .text.optional, "newName": .text.optional, "newRole": .text.optional,
                "newLocale": .text.optional, "isLocaleRemoved": .flag, "isActive": .flag, "isInactive": .flag,
                "resetUrl": .url,
            ]),
        mail("session-revoked", ["device": .text.optional]),
        mail("session-reused", ["device": .text.optional, "resetUrl": .url]),
        mail("account-deleted", [:]),
    ]

    private static let phrases: [TemplateDeclaration] = [
        // One of the four, and whether it is "1".
        .phrase(
            "lifetime",
            [
                "days": .text.optional, "hours": .text.optional, "minutes": .text.optional, "seconds": .text.optional,
                "isOne": .flag,
            ]),
        .phrase("time", ["year": .text, "month": .text, "day": .text, "clock": .text]),
    ]

    /// `time` is when it happened.
    private static func mail(_ name: String, _ variables: [String: TemplateVariable]) -> TemplateDeclaration {
        TemplateDeclaration(
            name, variables.merging(["appName": .text, "name": .text, "email": .text, "time": .text]) { $1 })
    }
}

extension TemplateLibrary {
    /// The templates in the binary, with an operator's `own` in the place of those of the same name and beside them.
    ///
    /// - Throws: ``TemplateProblems`` with everything that is wrong.
    package static func shipped(with own: [String: String] = [:]) throws -> TemplateLibrary {
        var texts: [String: String] = [:]
        for name in Resources.names where name.hasPrefix("mail/") {
            texts[String(name.dropFirst("mail/".count))] = Resources.text(named: name)
        }
        return try TemplateLibrary(texts: texts, own: own, declarations: MailTemplates.declarations)
    }
}
