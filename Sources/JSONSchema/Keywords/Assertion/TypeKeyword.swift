import JSON

/// `type` (Validation section 6.1.1). A number with a zero fraction, such as `1.0`, is an integer.
struct TypeKeyword: Keyword {
    static let name = "type"

    private let types: [String]

    private static let phrases = [
        "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
        "array": "a list", "object": "an object", "null": "null",
    ]

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        let types = value.stringValue.map { [$0] } ?? value.arrayValue?.compactMap(\.stringValue) ?? []
        let isWhole = value.stringValue != nil || value.arrayValue?.count == types.count
        guard isWhole, !types.isEmpty, Set(types).count == types.count,
            types.allSatisfy({ Self.phrases[$0] != nil })
        else {
            compiler.problem("`type` must be one or some of \(Wording.list(Self.phrases.keys.sorted())).")
            return nil
        }
        self.types = types
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard !types.contains(where: { Self.fits(value, $0) }) else { return }
        run.report(Self.name, Self.rule(types), .got(value), kind: .type(types))
    }

    /// "must be a whole number, text or null".
    static func rule(_ types: [String]) -> String {
        "must be \(Wording.list(types.compactMap { phrases[$0] }))"
    }

    private static func fits(_ value: JSONValue, _ type: String) -> Bool {
        switch value {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        case .number(let number): type == "number" || type == "integer" && number.isInteger
        }
    }
}
