import JSON

/// `anyOf` (Core section 10.2.1.2).
struct AnyOf: Keyword {
    static let name = "anyOf"

    private let schemas: [Int]

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let schemas = compiler.schemas(value, Self.name, inPlace: true) else { return nil }
        self.schemas = schemas
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard !schemas.contains(where: { run.accepts($0, value) }) else { return }
        run.reportClosest(Self.name, of: schemas, value)
    }
}
