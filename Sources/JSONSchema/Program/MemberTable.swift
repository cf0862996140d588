/// What a schema says of the members of an object: `properties`, `patternProperties` and `additionalProperties`.
struct MemberTable: Sendable {
    enum Others: Sendable {
        case anything
        case nothing
        case schema(Int)
    }

    private(set) var names = NameTable()
    private(set) var schemas: [Int] = []
    var patterns: [(expression: Int, schema: Int)] = []
    var others = Others.anything
    /// Whether `additionalProperties` is there: then no member is left unevaluated.
    var evaluatesOthers = false

    mutating func insert(_ name: String, _ schema: Int) {
        _ = names.insert(name)
        schemas.append(schema)
    }

    /// The schema that `properties` has for a name.
    func schema(of name: String) -> Int? { names.place(of: name).map { schemas[$0] } }
}
