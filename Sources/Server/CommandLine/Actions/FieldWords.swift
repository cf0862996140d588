import JSON
import JSONSchema

/// What a field takes, in words for people.
struct FieldWords {
    private let schema: FieldSchema

    init(_ schema: FieldSchema) {
        self.schema = schema
    }

    /// Such as "text or whole number", "list of text"; without `null`.
    var type: String {
        let words = types.map { name in
            switch name {
            case "string": "text"
            case "integer": "whole number"
            case "boolean": "true or false"
            case "array": "list" + (schema.items.types.isEmpty ? "" : " of " + FieldWords(schema.items).type)
            default: name
            }
        }
        return words.isEmpty ? "anything" : Self.joined(words)
    }

    /// Texts that are only another spelling of a number, of true or of false are no type of their own to people.
    private var types: [String] {
        let types = schema.types.filter { $0 != "null" }
        let others = types.filter { $0 != "string" }
        guard others.count < types.count, !others.isEmpty, let schema = schema.compiled() else { return types }
        return schema.accepts("a") ? types : others
    }

    /// The default, texts without quotes.
    var standard: String? { schema["default"].map { $0.stringValue ?? $0.text } }

    /// What a value must be: `x-expected`, and the limits that it does not mention.
    var expectation: String? {
        let expected = schema["x-expected"]?.stringValue
        let said = (expected ?? "") + " " + (schema["description"]?.stringValue ?? "")
        let numbers = said.split { !$0.isNumber }.map(String.init)
        let further = limits.filter { limit in
            !limit.split { !$0.isNumber }.allSatisfy { numbers.contains(String($0)) }
        }
        let parts = [expected ?? choices].compactMap(\.self) + further
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private var choices: String? {
        guard let values = schema["enum"]?.arrayValue else { return nil }
        let texts = values.filter { !$0.isNull }.map { $0.stringValue ?? $0.text }
        return Self.joined(texts.enumerated().filter { texts.firstIndex(of: $0.element) == $0.offset }.map(\.element))
    }

    /// Numbers have theirs in `x-expected`, where there is one.
    private var limits: [String] {
        let ofNumbers = [
            range("minimum", "maximum"), schema["exclusiveMinimum"].map { "more than \($0.text)" },
            schema["exclusiveMaximum"].map { "less than \($0.text)" },
            schema["multipleOf"].map { "a multiple of \($0.text)" },
        ]
        let others = [range("minLength", "maxLength", " characters"), range("minItems", "maxItems", " entries")]
        return ((schema["x-expected"] == nil ? ofNumbers : []) + others).compactMap(\.self)
    }

    private func range(_ lower: String, _ upper: String, _ unit: String = "") -> String? {
        switch (schema[lower]?.text, schema[upper]?.text) {
        case (let least?, let most?): least == most ? least + unit : "\(least) to \(most)\(unit)"
        case (let least?, nil): "at least \(least)\(unit)"
        case (nil, let most?): "at most \(most)\(unit)"
        case (nil, nil): nil
        }
    }

    /// "a", "a or b", "a, b or c".
    static func joined(_ words: [String], by last: String = "or") -> String {
        guard words.count > 1, let end = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(last) " + end
    }
}
