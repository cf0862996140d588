import JSON

/// `maxProperties` (Validation section 6.5.1).
struct MaxProperties: Keyword {
    static let name = "maxProperties"

    private let limit: Int

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let limit = compiler.count(value, Self.name) else { return nil }
        self.limit = limit
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .object(let object) = value else { return }
        let count = object.count
        guard count > limit else { return }
        run.report(Self.name, rule, .has(count))
    }

    private var rule: String {
        "must have at most \(Wording.count(limit, (one: "field", many: "fields")))"
    }
}
