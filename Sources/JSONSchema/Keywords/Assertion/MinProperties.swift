import JSON

/// `minProperties` (Validation section 6.5.2).
struct MinProperties: Keyword {
    static let name = "minProperties"

    private let limit: Int

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let limit = compiler.count(value, Self.name) else { return nil }
        self.limit = limit
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .object(let object) = value else { return }
        let count = object.count
        guard count < limit else { return }
        run.report(Self.name, rule, count == 0 ? .nothing : .has(count))
    }

    private var rule: String {
        limit == 1 ? "must not be empty" : "must have at least \(Wording.count(limit, (one: "field", many: "fields")))"
    }
}
