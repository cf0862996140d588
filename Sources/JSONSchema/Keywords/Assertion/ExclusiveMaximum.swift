import JSON

/// `exclusiveMaximum` (Validation section 6.2.3).
struct ExclusiveMaximum: Keyword {
    static let name = "exclusiveMaximum"

    private let limit: JSONNumber

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let limit = compiler.number(value, Self.name) else { return nil }
        self.limit = limit
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .number(let number) = value, !(number < limit) else { return }
        run.report(Self.name, "must be less than \(limit)", .got(value))
    }
}
