import JSON

/// How places and values are called in sentences.
enum Wording {
    private static let maximumLength = 60

    /// What a sentence about the value at `path` begins with, such as "`license.seats`".
    static func subject(_ path: [Validation.Step], isName: Bool = false) -> String {
        if isName, let name = path.last?.token { return "The name `\(truncated(name))`" }
        var text = ""
        for step in path {
            let name = step.token.isEmpty ? "\"\"" : step.token
            text += step.isIndex ? "[\(name)]" : text.isEmpty ? name : ".\(name)"
        }
        return text.isEmpty ? "The value" : "`\(truncated(text))`"
    }

    /// A value, cut where it is long; of arrays and objects only that they are such.
    static func value(_ value: JSONValue) -> String {
        switch value {
        case .array: "a list"
        case .object: "an object"
        case .string(let text) where text.unicodeScalars.count > maximumLength:
            JSONValue.string(truncated(text)).text
        default: truncated(value.text, to: 2 * maximumLength)
        }
    }

    /// Words as "a, b or c".
    static func list(_ words: [String], _ conjunction: String = "or") -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return "\(words.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
    }

    /// A count with its noun, such as "1 item" or "2 items".
    static func count(_ count: Int, _ noun: (one: String, many: String)) -> String {
        "\(count) \(count == 1 ? noun.one : noun.many)"
    }

    static func characters(_ count: Int) -> String { Self.count(count, (one: "character", many: "characters")) }

    static func items(_ count: Int) -> String { Self.count(count, (one: "item", many: "items")) }

    static func fields(_ count: Int) -> String { Self.count(count, (one: "field", many: "fields")) }

    private static let maximumToldChoices = 20

    /// "must be one of …", of which not all are told where they are many.
    static func choice(of choices: [JSONValue]) -> String {
        // `enum` may be empty (Validation section 6.1.2); then nothing fits.
        if choices.isEmpty { return "is not allowed here" }
        let told = choices.prefix(maximumToldChoices).map { truncated($0.text) }
        let others = choices.count - told.count
        let words = others > 0 ? told + ["\(others) other values"] : told
        return words.count == 1 ? "must be \(words[0])" : "must be one of \(list(words))"
    }

    /// A regular expression in quotes, cut where it is very long.
    static func pattern(_ pattern: String) -> String { "`\(truncated(pattern, to: 2 * maximumLength))`" }

    static func truncated(_ text: String, to length: Int = maximumLength) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: length, limitedBy: scalars.endIndex),
            end != scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }
}
