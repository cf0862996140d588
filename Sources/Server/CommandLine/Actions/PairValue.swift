import JSON
import JSONSchema

/// Reads the right side of a pair such as `seats=3` by the schema of its field.
///
/// What the schema takes decides: a number or `true` is one where the field takes it, and a text everywhere else. So
/// `name=123` is a text, and `seats=3` a number. Of several readings the first counts that the schemas accept.
struct PairValue {
    private let field: FieldSchema
    /// The shipped schema and the operator's, as far as they can be asked.
    private let schemas: [Schema]

    init(_ field: FieldSchema, tightening: FieldSchema? = nil) {
        self.field = field
        schemas = [field, tightening].compactMap { $0?.compiled() }
    }

    /// Whether the pair can come several times, an item each.
    var takesSeveral: Bool { field.types.contains("array") }

    var isSecret: Bool { field.isSecret }

    func read(_ texts: [String], named name: String, at names: [String]) throws(PairMistake) -> JSONValue {
        var readings: [JSONValue] = []
        if texts.count > 1 {
            readings = [.array(texts.flatMap(items))]
        } else if let text = texts.first {
            if let json = try structure(text, named: name, at: names) { readings.append(json) }
            readings += scalars(text)
            if text == "null", field.takes("null") { readings.append(.null) }
            if takesSeveral { readings.append(.array(items(of: text))) }
        }
        for count in stride(from: schemas.count, to: 0, by: -1) {
            let asked = schemas.prefix(count)
            if let right = readings.first(where: { reading in asked.allSatisfy { $0.accepts(reading) } }) {
                return right
            }
        }
        // The schema says what would be right.
        return readings.first ?? .string(texts.first ?? "")
    }

    /// Objects and arrays as JSON.
    private func structure(_ text: String, named name: String, at names: [String]) throws(PairMistake) -> JSONValue? {
        let isObject = text.hasPrefix("{") && field.takes("object")
        guard isObject || text.hasPrefix("[") && field.takes("array") else { return nil }
        do {
            return try JSONValue(parsing: text)
        } catch {
            if field.takes("string") { return nil }
            throw PairMistake("`\(name)` is not JSON: \(error.message)", names, "format")
        }
    }

    private func scalars(_ text: String) -> [JSONValue] {
        var readings: [JSONValue] = []
        let takesText = field.takes("string")
        if field.takes("integer") || field.takes("number"), let number = JSONNumber(text) {
            if !takesText || number.isPlain(text) { readings.append(.number(number)) }
        }
        if field.takes("boolean"), ["true", "false"].contains(text) { readings.append(.bool(text == "true")) }
        if takesText { readings.append(.string(text)) }
        return readings
    }

    /// The items of `get-user,list-users`.
    private func items(of text: String) -> [JSONValue] {
        guard !text.isEmpty else { return [] }
        let item = PairValue(field.items)
        return text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            (try? item.read([String(part)], named: "", at: [])) ?? .string(String(part))
        }
    }
}

extension JSONNumber {
    /// Whether `text` is how anybody would write this number: `007`, `1.0` and `1e5` are names as well.
    fileprivate func isPlain(_ text: String) -> Bool {
        (int64.map { String($0) } ?? Double(text).map { "\($0)" }) == text
    }
}
