import JSON

/// `patternProperties` (Core section 10.3.2.2).
struct PatternProperties: Keyword {
    static let name = "patternProperties"

    private var schemas: [(expression: RegularExpression, schema: Int)] = []

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let object = compiler.object(value, Self.name) else { return nil }
        for pattern in object.keys {
            let schema = compiler.subschema(pattern)
            compiler.node.others.append(schema)
            guard let expression = compiler.expression(pattern, at: pattern) else { continue }
            schemas.append((expression, schema))
        }
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .object(let object) = value else { return }
        for (ordinal, member) in object.enumerated() {
            for (expression, schema) in schemas where expression.matches(member.key) {
                run.apply(schema, toMember: member.key, ordinal: ordinal, member.value)
                if run.isSettled { return }
            }
        }
    }
}
