package import Mailer
import Resources

/// The seven mails, with everything that their templates may use.
package enum MailTemplates {
    package static let declarations = [
        TemplateDeclaration(
            "set-password", always.merging(["link": .url, "lifetime": .text, "resetUrl": .url]) { $1 }),
        TemplateDeclaration("reset-password", always.merging(["link": .url, "lifetime": .text]) { $1 }),
        TemplateDeclaration("password-updated", always.merging(["resetUrl": .url]) { $1 }),
        TemplateDeclaration("profile-updated", always.merging(["changes": .list, "resetUrl": .url]) { $1 }),
        TemplateDeclaration("session-revoked", always.merging(["device": .text.optional]) { $1 }),
        TemplateDeclaration("session-reused", always.merging(["device": .text.optional, "resetUrl": .url]) { $1 }),
        TemplateDeclaration("account-deleted", always),
    ]

    /// `time` is when it happened.
    private static let always: [String: TemplateVariable] = [
        "appName": .text, "name": .text, "email": .text, "time": .text,
    ]
}

extension TemplateLibrary {
    /// The templates in the binary.
    ///
    /// - Throws: ``TemplateProblems`` when one uses a variable that it does not have.
    package static func shipped() throws -> TemplateLibrary {
        var texts: [String: String] = [:]
        for name in Resources.names where name.hasPrefix("mail/") {
            texts[String(name.dropFirst("mail/".count))] = Resources.text(named: name)
        }
        return try TemplateLibrary(texts: texts, declarations: MailTemplates.declarations)
    }
}
