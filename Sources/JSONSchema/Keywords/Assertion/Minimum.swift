import JSON

/// `minimum` (Validation section 6.2.4).
struct Minimum: Keyword {
    static let name = "minimum"

    private let limit: JSONNumber

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let limit = compiler.number(value, Self.name) else { return nil }
        self.limit = limit
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .number(let number) = value, !(number >= limit) else { return }
        run.report(Self.name, "must be at least \(limit)", .got(value))
    }
}
