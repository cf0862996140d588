import JSON

/// `contains` with `minContains` and `maxContains` (Core section 10.3.1.3, Validation sections 6.4.4 and 6.4.5).
struct Contains: Keyword {
    static let name = "contains"
    static let companions = ["minContains", "maxContains"]

    private let schema: Int
    private let minimum: Int
    private let maximum: Int?

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        schema = compiler.subschema()
        compiler.node.others.append(schema)
        minimum = compiler.schema["minContains"].flatMap { compiler.count($0, "minContains") } ?? 1
        maximum = compiler.schema["maxContains"].flatMap { compiler.count($0, "maxContains") }
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .array(let items) = value else { return }
        let count = items.count { run.accepts(schema, $0) }
        let noun = (one: "item of the form that is asked for", many: "items of the form that is asked for")
        if count < minimum {
            let keyword = minimum == 1 ? Self.name : "minContains"
            run.report(keyword, "must have at least \(Wording.count(minimum, noun))", .has(count))
        } else if let maximum, count > maximum {
            run.report("maxContains", "must have at most \(Wording.count(maximum, noun))", .has(count))
        }
    }
}
