import JSON

/// `allOf` (Core section 10.2.1.1).
struct AllOf: Keyword {
    static let name = "allOf"

    private let schemas: [Int]

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let schemas = compiler.schemas(value, Self.name, inPlace: true) else { return nil }
        self.schemas = schemas
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        for schema in schemas {
            run.apply(schema, value)
            if run.isSettled { return }
        }
    }
}
