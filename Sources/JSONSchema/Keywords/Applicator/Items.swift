import JSON

/// `items` (Core section 10.3.1.2): for the items behind those of `prefixItems`.
struct Items: Keyword {
    static let name = "items"

    private let first: Int
    private let schema: Int
    private let isClosed: Bool

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        first = compiler.schema["prefixItems"]?.arrayValue?.count ?? 0
        schema = compiler.subschema()
        isClosed = value == false
        compiler.node.others.append(schema)
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .array(let items) = value, items.count > first else { return }
        if isClosed {
            let rule = first == 0 ? "must be empty" : "must have at most \(first) items"
            return run.report(Self.name, rule, .has(items.count))
        }
        for place in first..<items.count {
            run.apply(schema, toItem: place, items[place])
            if run.isSettled { return }
        }
    }
}
