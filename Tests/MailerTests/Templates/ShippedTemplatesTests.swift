import Foundation
import Testing

@testable import Mailer

struct ShippedTemplatesTests {
    @Test(arguments: ShippedTemplates.declarations.map(\.name), [false, true])
    func aShippedMailIsAsItWasSeen(template: String, readable: Bool) throws {
        let bytes = try ShippedTemplates.message(template).bytes(readable: readable)
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Golden/\(template)\(readable ? ".readable" : "").eml").standardized
        // After a wanted change: USHER_WRITE_GOLDEN=1 swift test, then read the difference.
        if ProcessInfo.processInfo.environment["USHER_WRITE_GOLDEN"] != nil { try Data(bytes).write(to: golden) }
        #expect(try String(contentsOf: golden, encoding: .utf8) == String(decoding: bytes, as: UTF8.self))
    }

    @Test(arguments: ShippedTemplates.declarations)
    func aShippedMailSaysWhatItMust(declaration: TemplateDeclaration) throws {
        let texts = try ShippedTemplates.library()
            .render(declaration.name, locale: "de-AT", values: ShippedTemplates.values)
        #expect(texts.subject.contains("Kermit's Café"))
        #expect(texts.text.contains("Kermit's Café"))
        #expect(texts.html.contains("Kermit&#39;s Café"))
        for name in declaration.variables.keys {
            guard case .url(let url)? = ShippedTemplates.values[name] else { continue }
            #expect(texts.text.contains(url), "\(name) is missing in the text")
            #expect(texts.html.contains("href=\"\(url)\""), "\(name) is missing in the HTML")
        }
        #expect(texts.text.utf8.allSatisfy { $0 != UInt8(ascii: "{") })
        #expect(texts.text.split(separator: "\n").allSatisfy { $0.count <= 100 || $0.hasPrefix("http") })
        // Nothing is loaded from anywhere: no picture that tells when the mail was read.
        #expect(!texts.html.contains("src=") && !texts.html.contains("@import") && !texts.html.contains("url("))
    }

    @Test func aMailWithoutADeviceReadsWell() throws {
        var values = ShippedTemplates.values
        values["device"] = nil
        let texts = try ShippedTemplates.library().render("session-revoked", locale: "", values: values)
        #expect(texts.text.contains("2026-11-23 20:15 UTC.\n"))
    }
}
