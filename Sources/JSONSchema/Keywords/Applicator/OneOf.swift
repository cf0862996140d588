import JSON

/// `oneOf` (Core section 10.2.1.3).
struct OneOf: Keyword {
    static let name = "oneOf"

    private let schemas: [Int]

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let schemas = compiler.schemas(value, Self.name, inPlace: true) else { return nil }
        self.schemas = schemas
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        switch schemas.count(where: { run.accepts($0, value) }) {
        case 1: break
        case 0: run.reportClosest(Self.name, of: schemas, value)
        case let count:
            run.report(Self.name, "must fit exactly one of the \(schemas.count) allowed forms, fits \(count)")
        }
    }
}
