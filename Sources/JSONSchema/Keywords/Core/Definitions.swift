import JSON

/// `$defs` (Core section 8.2.4): schemas to refer to. They are compiled even if nobody does, for their mistakes.
struct Definitions: Keyword {
    static let name = "$defs"

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        for name in compiler.object(value, Self.name)?.keys ?? [] { _ = compiler.subschema(name) }
        return nil
    }

    func check(_ value: JSONValue, _ run: inout Validation) {}
}
