import HTTPTypes
import Testing

@testable import Server

/// Which language a reader gets (RFC 9110 §12.5.4).
struct LanguageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let header: String?
        let language: Language

        init(_ header: String?, _ language: Language) {
            (self.header, self.language) = (header, language)
        }

        var testDescription: String { "\(header ?? "none") → \(language.tag)" }
    }

    @Test(arguments: [
        Case(nil, .english), Case("", .english), Case("fr", .english), Case("*", .english),
        Case("de", .german), Case("DE", .german), Case("de-AT", .german), Case("de-CH-1996,en;q=0.5", .german),
        Case("en, de", .english), Case("de, en", .german), Case("fr, de, en", .german),
        Case("en;q=0.5, de;q=0.7", .german), Case("de;q=0.3, en;q=0.31", .english),
        Case("de;q=0", .english), Case("de;q=0, *;q=0.5", .english), Case("en;q=0, *", .german),
        Case("en;q=0, de;q=0", .english), Case("de;q=0.000, en;q=0.001", .english),
        // The exact range counts before longer ones.
        Case("de-AT, de;q=0.1, en;q=0.5", .english), Case("de-AT;q=0.9, de-CH;q=0.2, en;q=0.5", .german),
        Case("  de ; q=0.8 , en ; Q=0.2 ", .german),
        // What is not understood is passed over.
        Case("de;q=2, en;q=0.1", .english), Case("de;q=x", .english), Case("de;q=0.1234, en;q=0.1", .english),
        Case(";,;q=1,,de", .german), Case("deutsch", .english), Case("den", .english), Case("de;level=1", .english),
    ])
    func theReaderGetsTheLanguageLikedBest(_ example: Case) {
        var headers = HTTPFields()
        headers[.acceptLanguage] = example.header
        #expect(Language.preferred(by: headers) == example.language)
    }
}
