import Foundation
import Testing

@testable import Mailer

struct ShippedTemplatesTests {
    /// A mail that is kept as it was seen.
    struct Golden: Sendable, CustomTestStringConvertible {
        let template: String
        let language: String
        var isFirst = false

        var testDescription: String {
            template + (isFirst ? ".first" : "") + (language.isEmpty ? "" : ".\(language)")
        }

        static let all = ShippedTemplates.languages.flatMap { language in
            ShippedTemplates.mails.map { Golden(template: $0.name, language: language) }
                + [Golden(template: "password-updated", language: language, isFirst: true)]
        }
    }

    @Test(arguments: Golden.all, [false, true])
    func aShippedMailIsAsItWasSeen(mail: Golden, readable: Bool) throws {
        let bytes = try ShippedTemplates.message(mail.template, mail.language, isFirst: mail.isFirst)
            .bytes(readable: readable)
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Golden/\(mail.testDescription)\(readable ? ".readable" : "").eml").standardized
        // After a wanted change: USHER_WRITE_GOLDEN=1 swift test, then read the difference.
        if ProcessInfo.processInfo.environment["USHER_WRITE_GOLDEN"] != nil { try Data(bytes).write(to: golden) }
        #expect(try String(contentsOf: golden, encoding: .utf8) == String(decoding: bytes, as: UTF8.self))
    }

    @Test(arguments: ShippedTemplates.mails, ShippedTemplates.languages)
    func aShippedMailSaysWhatItMust(declaration: TemplateDeclaration, language: String) throws {
        let values = try ShippedTemplates.values(language)
        let texts = try ShippedTemplates.library().render(declaration.name, locale: language, values: values)
        #expect(texts.subject.contains("Kermit's Café"))
        #expect(texts.html.contains("<html lang=\"\(language.isEmpty ? "en" : language)\">"))
        for name in declaration.variables.keys {
            switch values[name] {
            case .text(let text)?:
                #expect(texts.text.contains(text), "\(name) is missing in the text")
                #expect(texts.html.contains(htmlEscaped(text)), "\(name) is missing in the HTML")
            case .url(let url)?:
                #expect(texts.text.contains(url), "\(name) is missing in the text")
                #expect(texts.html.contains("href=\"\(url)\""), "\(name) is missing in the HTML")
            default: break
            }
        }
        #expect(texts.text.utf8.allSatisfy { $0 != UInt8(ascii: "{") })
        #expect(texts.text.split(separator: "\n").allSatisfy { $0.count <= 100 || $0.hasPrefix("http") })
        // Nothing is loaded from anywhere: no picture that tells when the mail was read.
        #expect(!texts.html.contains("src=") && !texts.html.contains("@import") && !texts.html.contains("url("))
    }

    @Test(arguments: ShippedTemplates.mails + ShippedTemplates.phrases, ShippedTemplates.languages)
    func everyTemplateIsThereInEachLanguage(declaration: TemplateDeclaration, language: String) throws {
        #expect(try ShippedTemplates.library().language(of: declaration.name, for: language) == language)
    }

    /// A language that forgets a variable would keep something from its readers.
    @Test(arguments: ShippedTemplates.mails + ShippedTemplates.phrases)
    func everyLanguageUsesTheSameVariables(declaration: TemplateDeclaration) throws {
        let texts = try ShippedTemplates.texts()
        for part in declaration.parts {
            let used = try ShippedTemplates.languages.map { language in
                let file = TemplateFile(template: declaration.name, locale: language, part: part)
                return try variables(in: file.name, of: texts)
            }
            #expect(Set(used).count == 1, "\(declaration.name)\(part.rawValue): \(used.map { $0.sorted() })")
        }
    }

    /// With those of the files that are included.
    private func variables(in file: String, of texts: [String: String]) throws -> Set<String> {
        var found: Set<String> = []
        for tag in try TemplateTag.all(in: try #require(texts[file]), file: file) {
            if tag.kind == .partial {
                found.formUnion(try variables(in: tag.name, of: texts))
            } else {
                found.insert(tag.name)
            }
        }
        return found
    }

    @Test(arguments: [("", "2026-11-23 at 20:15 UTC.\n"), ("de", "ein Gerät abgemeldet.\n")])
    func aMailWithoutADeviceReadsWell(language: String, ending: String) throws {
        var values = try ShippedTemplates.values(language)
        values["device"] = nil
        let texts = try ShippedTemplates.library().render("session-revoked", locale: language, values: values)
        #expect(texts.text.contains(ending))
    }

    @Test(
        arguments: [
            ("days", "3", "3 days", "3 Tage"), ("days", "1", "1 day", "1 Tag"),
            ("hours", "12", "12 hours", "12 Stunden"),
            ("hours", "1", "1 hour", "1 Stunde"), ("minutes", "30", "30 minutes", "30 Minuten"),
            ("minutes", "1", "1 minute", "1 Minute"), ("seconds", "90", "90 seconds", "90 Sekunden"),
        ])
    func aDurationIsToldInTheLanguage(unit: String, count: String, english: String, german: String) throws {
        for (locale, words) in [("", english), ("fr", english), ("de-AT", german)] {
            let phrase = try ShippedTemplates.library().phrase(
                "lifetime", locale: locale, values: [unit: .text(count), "isOne": .flag(count == "1")])
            #expect(phrase == words)
        }
    }

    @Test func anInactiveUserIsNotSentToAFormThatDoesNotHelp() throws {
        for language in ShippedTemplates.languages {
            var values = try ShippedTemplates.values(language)
            (values["isInactive"], values["isActive"]) = (.flag(true), .flag(false))
            let texts = try ShippedTemplates.library().render("profile-updated", locale: language, values: values)
            #expect(!texts.text.contains("reset-password") && !texts.html.contains("reset-password"))
        }
    }
}
