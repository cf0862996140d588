import JSON

/// `maxItems` (Validation section 6.4.1).
struct MaxItems: Keyword {
    static let name = "maxItems"

    private let limit: Int

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let limit = compiler.count(value, Self.name) else { return nil }
        self.limit = limit
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .array(let items) = value else { return }
        let count = items.count
        guard count > limit else { return }
        run.report(Self.name, rule, .has(count))
    }

    private var rule: String {
        "must have at most \(Wording.count(limit, (one: "item", many: "items")))"
    }
}
