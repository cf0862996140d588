import JSON
import Resources

/// All texts of the pages in one language, by their names.
///
/// Each is a piece of a Mustache template: it may use the page's values, as in `{{email}}`. Templates name texts as
/// `[[name]]`; they are put in once, at the start, so a text that is missing keeps the server from starting.
struct TextCatalogue: Sendable {
    let language: Language
    let texts: [String: String]

    /// What is wrong with the catalogue or with a template that uses it: a mistake of the build.
    struct Problem: Error {
        let name: String
        let reason: String
    }

    init(_ language: Language) throws {
        self.language = language
        let file = "pages/texts.\(language.tag).json"
        guard let bytes = Resources.bytes(named: file), let members = try JSONValue(parsing: bytes).objectValue else {
            throw Problem(name: file, reason: "is missing, or no object")
        }
        var texts: [String: String] = [:]
        for (name, value) in members {
            guard let text = value.stringValue else { throw Problem(name: name, reason: "is no text in \(file)") }
            texts[name] = text
        }
        self.texts = texts
        for text in PageText.allCases { _ = try self[text.rawValue] }
    }

    subscript(name: String) -> String {
        get throws {
            guard let text = texts[name] else { throw Problem(name: name, reason: "has no text in \(language.tag)") }
            return text
        }
    }

    /// A template with the texts in the places that name them.
    func filled(_ template: String) throws -> String {
        var (result, rest) = ("", template[...])
        while let start = rest.firstRange(of: "[["), let end = rest[start.upperBound...].firstRange(of: "]]") {
            result += rest[..<start.lowerBound]
            result += try self[String(rest[start.upperBound..<end.lowerBound])]
            rest = rest[end.upperBound...]
        }
        return result + rest
    }
}
