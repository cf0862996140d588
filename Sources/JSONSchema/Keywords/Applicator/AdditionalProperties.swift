import JSON

/// `additionalProperties` (Core section 10.3.2.3): for members that neither `properties` nor `patternProperties` know.
struct AdditionalProperties: Keyword {
    static let name = "additionalProperties"

    private let names: Set<MemberName>
    private var patterns: [RegularExpression] = []
    private let schema: Int
    /// The schema is `false`: what is not known is not allowed.
    private let isClosed: Bool

    init?(_ value: JSONValue, _ compiler: inout SchemaCompiler) {
        names = Set((compiler.schema["properties"]?.objectValue?.keys ?? []).map(MemberName.init))
        for pattern in compiler.schema["patternProperties"]?.objectValue?.keys ?? [] {
            // That a pattern is bad is said where it stands.
            if let expression = try? RegularExpression(pattern) { patterns.append(expression) }
        }
        schema = compiler.subschema()
        isClosed = value == false
        compiler.node.others.append(schema)
    }

    func check(_ value: JSONValue, _ run: inout Validation) {
        guard case .object(let object) = value else { return }
        for (ordinal, member) in object.enumerated() {
            guard !names.contains(MemberName(member.key)), !patterns.contains(where: { $0.matches(member.key) })
            else { continue }
            if isClosed {
                let path = run.path
                run.report(Self.name, member: member.key, ordinal: ordinal, { sentence($0, member.key, object, path) })
            } else {
                run.apply(schema, toMember: member.key, ordinal: ordinal, member.value)
            }
            if run.isSettled { return }
        }
    }

    private func sentence(_ subject: String, _ name: String, _ object: JSONObject, _ path: [Validation.Step])
        -> String
    {
        // A field that is given already is not the one that was meant.
        let candidates = names.map(\.text).filter { object.place(of: $0) == nil }
        let hint = Suggestion.nearest(to: name, among: candidates).map { near in
            ". Did you mean \(Wording.subject(path + [Validation.Step(token: near, ordinal: -1)]))?"
        }
        return "\(subject) is not a field here\(hint ?? "")"
    }
}
