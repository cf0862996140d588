import Foundation
import Storage

@testable import Mailer

/// The templates that the program ships, with values to fill them.
enum ShippedTemplates {
    /// The one for everybody, which is English, and the others.
    static let languages = ["", "de"]

    static let mails: [TemplateDeclaration] = {
        let account: [String: TemplateVariable] = ["appName": .text, "name": .text, "email": .text]
        func template(_ name: String, _ more: [String: TemplateVariable]) -> TemplateDeclaration {
            TemplateDeclaration(name, account.merging(more) { $1 })
        }
        return [
            template("set-password", ["link": .url, "lifetime": .text, "resetUrl": .url]),
            template("reset-password", ["link": .url, "lifetime": .text]),
            template("password-updated", ["time": .text, "isFirst": .flag, "resetUrl": .url]),
            template(
                "profile-updated",
                [
                    "time": .text, "newEmail": .text.optional, "newName": .text.optional, "newRole": .text.optional,
                    "newLocale": .text.optional, "isLocaleRemoved": .flag, "isActive": .flag, "isInactive": .flag,
                    "resetUrl": .url,
                ]),
            template("session-revoked", ["time": .text, "device": .text.optional]),
            template("session-reused", ["time": .text, "device": .text.optional, "resetUrl": .url]),
            template("account-deleted", ["time": .text]),
        ]
    }()

    static let phrases: [TemplateDeclaration] = [
        .phrase(
            "lifetime",
            [
                "days": .text.optional, "hours": .text.optional, "minutes": .text.optional, "seconds": .text.optional,
                "isOne": .flag,
            ]),
        .phrase("time", ["year": .text, "month": .text, "day": .text, "clock": .text]),
    ]

    /// What a mail is about; its time and lifetime in the words of the language.
    static func values(_ language: String, isFirst: Bool = false) throws -> [String: TemplateValue] {
        let library = try library()
        let time = try library.phrase(
            "time", locale: language,
            values: ["year": .text("2026"), "month": .text("11"), "day": .text("23"), "clock": .text("20:15")])
        let lifetime = try library.phrase(
            "lifetime", locale: language, values: ["minutes": .text("30"), "isOne": .flag(false)])
        return [
            "appName": .text("Kermit's Café"),
            "name": .text("Ann Lee"),
            "email": .text("ann@example.net"),
            "link": .url(
                "https://login.example.com/create-password?token=ush_pw_0123456789abcdefghijklmnopqrstuvwxyz"),
            "lifetime": .text(lifetime),
            "resetUrl": .url("https://login.example.com/reset-password"),
            "time": .text(time),
            "isFirst": .flag(isFirst),
            "newEmail": .text("ann@example.net"), "newName": .text("Ann Lee"), "newRole": .text("MANAGER"),
            "newLocale": .text("de-AT"), "isLocaleRemoved": .flag(false), "isActive": .flag(true),
            "isInactive": .flag(false),
            "device": .text("Firefox on Linux"),
        ]
    }

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
        try TemplateLibrary(texts: texts(), declarations: mails + phrases)
    }

    /// One mail as the worker would build it.
    static func message(_ template: String, _ language: String = "", isFirst: Bool = false) throws -> MailMessage {
        let texts = try library()
            .render(template, locale: language, values: values(language, isFirst: isFirst))
        return MailMessage(
            from: Mailbox(name: "Kermit's Café", address: try MailAddress("noreply@example.com")),
            to: Mailbox(name: "Ann Lee", address: try MailAddress("ann@example.net")), subject: texts.subject,
            text: texts.text, html: texts.html, date: Timestamp(milliseconds: 1_795_464_907_000),
            id: "01KADX4W5RZ8Q3N6T9V2Y7B0CD")
    }
}
