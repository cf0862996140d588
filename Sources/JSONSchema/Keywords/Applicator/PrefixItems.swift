import JSON

/// `prefixItems` (Core section 10.3.1.1).
struct PrefixItems: Keyword {
    static let name = "prefixItems"

    private let schemas: [Int]

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let schemas = compiler.schemas(value, Self.name, inPlace: false) else { return nil }
        self.schemas = schemas
        compiler.node.others += schemas
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .array(let items) = value else { return }
        for (place, (schema, item)) in zip(schemas, items).enumerated() {
            run.apply(schema, toItem: place, item)
            if run.isSettled { return }
        }
    }
}
