import Foundation
import Storage

@testable import Mailer

/// The templates that the program ships, with values to fill them.
enum ShippedTemplates {
    static let declarations: [TemplateDeclaration] = {
        let account: [String: TemplateVariable] = ["appName": .text, "name": .text, "email": .text]
        func template(_ name: String, _ more: [String: TemplateVariable]) -> TemplateDeclaration {
            TemplateDeclaration(name, account.merging(more) { $1 })
        }
        return [
            template("set-password", ["link": .url, "lifetime": .text, "resetUrl": .url]),
            template("reset-password", ["link": .url, "lifetime": .text]),
            template("password-updated", ["time": .text, "resetUrl": .url]),
            template("profile-updated", ["time": .text, "changes": .list, "resetUrl": .url]),
            template("session-revoked", ["time": .text, "device": .text.optional]),
            template("session-reused", ["time": .text, "device": .text.optional, "resetUrl": .url]),
            template("account-deleted", ["time": .text]),
        ]
    }()

    static let values: [String: TemplateValue] = [
        "appName": .text("Kermit's Café"),
        "name": .text("Ann Lee"),
        "email": .text("ann@example.net"),
        "link": .url("https://login.example.com/create-password?token=ush_pw_0123456789abcdefghijklmnopqrstuvwxyz"),
        "lifetime": .text("30 minutes"),
        "resetUrl": .url("https://login.example.com/reset-password"),
        "time": .text("2026-11-23 20:15 UTC"),
        "changes": .list(["Name: Ann Lee", "E-mail address: ann@example.net"]),
        "device": .text("Firefox on Linux"),
    ]

    static func texts() throws -> [String: String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/CResources/mail").standardized
        var texts: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            texts[file.lastPathComponent] = try String(contentsOf: file, encoding: .utf8)
        }
        return texts
    }

    static func library() throws -> TemplateLibrary {
        try TemplateLibrary(texts: texts(), declarations: declarations)
    }

    /// One mail as the worker would build it.
    static func message(_ template: String) throws -> MailMessage {
        let texts = try library().render(template, locale: "", values: values)
        return MailMessage(
            from: Mailbox(name: "Kermit's Café", address: try MailAddress("noreply@example.com")),
            to: Mailbox(name: "Ann Lee", address: try MailAddress("ann@example.net")), subject: texts.subject,
            text: texts.text, html: texts.html, date: Timestamp(milliseconds: 1_795_464_907_000),
            id: "01KADX4W5RZ8Q3N6T9V2Y7B0CD")
    }
}
