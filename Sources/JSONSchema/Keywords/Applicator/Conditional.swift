import JSON

/// `if`, `then` and `else` (Core section 10.2.2).
struct Conditional: Keyword {
    static let name = "if"
    static let companions = ["then", "else"]

    private let condition: Int
    private let then: Int?
    private let otherwise: Int?

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        condition = compiler.subschemaInPlace()
        then = compiler.schema["then"] == nil ? nil : compiler.subschemaInPlace(of: "then")
        otherwise = compiler.schema["else"] == nil ? nil : compiler.subschemaInPlace(of: "else")
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard let schema = run.accepts(condition, value) ? then : otherwise else { return }
        run.apply(schema, value)
    }
}
