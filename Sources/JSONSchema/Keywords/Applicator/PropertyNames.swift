import JSON

/// `propertyNames` (Core section 10.3.2.4).
struct PropertyNames: Keyword {
    static let name = "propertyNames"

    private let schema: Int

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) { schema = compiler.subschema() }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .object(let object) = value else { return }
        for (ordinal, member) in object.enumerated() {
            run.apply(schema, toName: member.key, ordinal: ordinal)
            if run.isSettled { return }
        }
    }
}
