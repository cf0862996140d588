import Resources
import Testing

@testable import Server

/// The texts of the pages: each language has all of them, and nothing else.
struct TextCatalogueTests {
    /// What the templates name as `[[name]]`, and what the server chooses.
    private var wanted: Set<String> {
        var names = Set(PageText.allCases.map(\.rawValue))
        for file in Resources.names where file.hasPrefix("pages/") && file.hasSuffix(".html") {
            let text = Resources.text(named: file) ?? ""
            names.formUnion(text.matches(of: /\[\[([^\]]+)\]\]/).map { String($0.1) })
        }
        return names
    }

    @Test(arguments: Language.allCases)
    func everyLanguageHasExactlyTheTextsThatAreUsed(language: Language) throws {
        let texts = try TextCatalogue(language).texts
        #expect(wanted.subtracting(texts.keys) == [], "missing in \(language.tag)")
        #expect(Set(texts.keys).subtracting(wanted) == [], "nobody uses them")
        #expect(texts["language"] == language.tag)
        #expect(texts["months"]?.split(separator: " ").count == 12)
    }

    @Test(arguments: Language.allCases)
    func aTextHasTheSamePlaceholdersInEveryLanguage(language: Language) throws {
        func placeholders(_ text: String?) -> [String] {
            (text ?? "").matches(of: /\{\{[^}]*\}\}|%\d|<[^>]*>/).map { String($0.0) }.sorted()
        }
        let english = try TextCatalogue(.english).texts
        for (name, text) in try TextCatalogue(language).texts {
            #expect(placeholders(text) == placeholders(english[name]), "\(name)")
            #expect(!text.isEmpty && text == text.trimmingPrefix(" "), "\(name)")
        }
    }

    /// Texts stand in attributes too, and are put into the templates as they are.
    @Test(arguments: Language.allCases)
    func noTextBreaksThePageAroundIt(language: Language) throws {
        for (name, text) in try TextCatalogue(language).texts {
            let plain = text.replacing(/<\/?strong>|<a href="[a-z\/-]+">|<\/a>/, with: "")
            #expect(!plain.contains { "<>\"'".contains($0) }, "\(name)")
            #expect(!plain.contains(/&(?!amp;)/), "\(name)")
        }
    }

    @Test func aTemplateThatNamesAnUnknownTextIsFoundAtTheStart() throws {
        let catalogue = try TextCatalogue(.german)
        #expect(throws: TextCatalogue.Problem.self) { try catalogue.filled("<p>[[nothing.like.that]]</p>") }
        #expect(try catalogue.filled("<b>[[login.send]]</b> [[") == "<b>Anmelden</b> [[")
    }
}
