import JSON

/// `not` (Core section 10.2.1.4).
struct Not: Keyword {
    static let name = "not"

    private let schema: Int

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) { schema = compiler.subschemaInPlace() }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard run.accepts(schema, value) else { return }
        run.report(Self.name, "must not be of this form", .got(value))
    }
}
