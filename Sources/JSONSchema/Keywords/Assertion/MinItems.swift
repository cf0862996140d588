import JSON

/// `minItems` (Validation section 6.4.2).
struct MinItems: Keyword {
    static let name = "minItems"

    private let limit: Int

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let limit = compiler.count(value, Self.name) else { return nil }
        self.limit = limit
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .array(let items) = value else { return }
        let count = items.count
        guard count < limit else { return }
        run.report(Self.name, rule, count == 0 ? .nothing : .has(count))
    }

    private var rule: String {
        limit == 1 ? "must not be empty" : "must have at least \(Wording.count(limit, (one: "item", many: "items")))"
    }
}
