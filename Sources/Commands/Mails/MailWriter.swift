import JSON
import Mailer
import Storage

/// What a mail is about, before it is put into words.
struct MailFacts: Sendable {
    let template: String
    let to: Mailbox
    let locale: String
    /// When it happened.
    let time: Timestamp
    /// As in the outbox.
    let parameters: JSONValue
    var link: (url: String, lifetime: Duration)?
}

/// Puts mails into words: fills a template, in the reader's language.
struct MailWriter: Sendable {
    let templates: TemplateLibrary
    let settings: DomainSettings

    func texts(of mail: MailFacts) throws -> RenderedTexts {
        var values: [String: TemplateValue] = [
            "appName": .text(settings.appName), "name": .text(mail.to.name), "email": .text(mail.to.address.text),
            "time": .text(try words(mail.time, mail.locale)), "resetUrl": .url(settings.publicURL + "/reset-password"),
        ]
        if let link = mail.link {
            values["link"] = .url(link.url)
            values["lifetime"] = .text(try words(link.lifetime, mail.locale))
        }
        switch mail.template {
        case "password-updated": values["isFirst"] = .flag(mail.parameters["isFirst"]?.boolValue ?? false)
        case "profile-updated": values.merge(Self.changes(mail.parameters)) { $1 }
        case "session-revoked", "session-reused": values["device"] = Self.device(mail.parameters).map { .text($0) }
        default: break
        }
        return try templates.render(mail.template, locale: mail.locale, values: values)
    }

    private static func changes(_ parameters: JSONValue) -> [String: TemplateValue] {
        let variables = ["address": "newEmail", "name": "newName", "role": "newRole", "locale": "newLocale"]
        var values: [String: TemplateValue] = [
            "isLocaleRemoved": .flag(false), "isActive": .flag(false), "isInactive": .flag(false),
        ]
        for change in parameters["changes"]?.arrayValue ?? [] {
            guard let label = change["label"]?.stringValue else { continue }
            switch (label, change["value"]?.stringValue) {
            case ("status", let status):
                values[status == UserStatus.active.rawValue ? "isActive" : "isInactive"] = .flag(true)
            case ("locale", nil): values["isLocaleRemoved"] = .flag(true)
            case (_, let value?): if let variable = variables[label] { values[variable] = .text(value) }
            case (_, nil): break
            }
        }
        return values
    }

    /// What tells the user which device it was: its name or program, and its place.
    private static func device(_ parameters: JSONValue) -> String? {
        let name = parameters["device"]?.stringValue ?? parameters["userAgent"]?.stringValue
        let parts = [name, parameters["city"]?.stringValue, parameters["country"]?.stringValue].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private func words(_ time: Timestamp, _ locale: String) throws -> String {
        // 2027-01-01T10:30:00.000Z
        let text = time.description
        func part(from start: Int, count: Int) -> TemplateValue { .text(String(text.dropFirst(start).prefix(count))) }
        return try templates.phrase(
            "time", locale: locale,
            values: [
                "year": part(from: 0, count: 4), "month": part(from: 5, count: 2), "day": part(from: 8, count: 2),
                "clock": part(from: 11, count: 5),
            ])
    }

    /// In the largest unit that gives a whole number: "3 days", "1 hour", "30 minutes".
    private func words(_ duration: Duration, _ locale: String) throws -> String {
        let seconds = duration.components.seconds
        let units = [("days", Int64(86_400)), ("hours", 3_600), ("minutes", 60)]
        let (unit, length) = units.first { seconds % $0.1 == 0 } ?? ("seconds", 1)
        let count = seconds / length
        return try templates.phrase(
            "lifetime", locale: locale, values: [unit: .text("\(count)"), "isOne": .flag(count == 1)])
    }
}
