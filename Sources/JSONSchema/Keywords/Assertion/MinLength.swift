import JSON

/// `minLength` (Validation section 6.3.2), in code points.
struct MinLength: Keyword {
    static let name = "minLength"

    private let limit: Int

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let limit = compiler.count(value, Self.name) else { return nil }
        self.limit = limit
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .string(let text) = value else { return }
        let count = text.unicodeScalars.count
        guard count < limit else { return }
        run.report(Self.name, rule, run.expected != nil ? .got(value) : count == 0 ? .nothing : .has(count))
    }

    private var rule: String {
        limit == 1
            ? "must not be empty" : "must have at least \(Wording.count(limit, (one: "character", many: "characters")))"
    }
}
