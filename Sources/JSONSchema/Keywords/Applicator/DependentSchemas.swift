import JSON

/// `dependentSchemas` (Core section 10.2.2.4).
struct DependentSchemas: Keyword {
    static let name = "dependentSchemas"

    private var schemas: [(name: String, schema: Int)] = []

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let object = compiler.object(value, Self.name) else { return nil }
        schemas = object.keys.map { ($0, compiler.subschemaInPlace($0)) }
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .object(let object) = value else { return }
        for (name, schema) in schemas where object.place(of: name) != nil {
            run.apply(schema, value)
            if run.isSettled { return }
        }
    }
}
