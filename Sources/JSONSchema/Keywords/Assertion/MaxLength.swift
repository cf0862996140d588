import JSON

/// `maxLength` (Validation section 6.3.1), in code points.
struct MaxLength: Keyword {
    static let name = "maxLength"

    private let limit: Int

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let limit = compiler.count(value, Self.name) else { return nil }
        self.limit = limit
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .string(let text) = value else { return }
        let count = text.unicodeScalars.count
        guard count > limit else { return }
        run.report(Self.name, rule, .has(count))
    }

    private var rule: String {
        "must have at most \(Wording.count(limit, (one: "character", many: "characters")))"
    }
}
