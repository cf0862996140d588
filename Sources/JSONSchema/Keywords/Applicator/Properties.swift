import JSON

/// `properties` (Core section 10.3.2.1).
struct Properties: Keyword {
    static let name = "properties"

    private let schemas: [MemberName: Int]

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        guard let object = compiler.object(value, Self.name) else { return nil }
        var schemas: [MemberName: Int] = [:]
        for name in object.keys { schemas[MemberName(name)] = compiler.subschema(name) }
        self.schemas = schemas
        compiler.node.properties = schemas
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .object(let object) = value else { return }
        for (ordinal, member) in object.enumerated() {
            guard let schema = schemas[MemberName(member.key)] else { continue }
            run.apply(schema, toMember: member.key, ordinal: ordinal, member.value)
            if run.isSettled { return }
        }
    }
}
