import JSON

/// Finds out whether one member tells the branches of `allOf`, `anyOf` or `oneOf` apart.
struct BranchCases {
    /// Fewer branches are tried as fast as they are looked up.
    private static let fewest = 4
    /// So many may not depend on the member; they are in each list.
    private static let mostIndependent = 8

    /// By branch, the texts that its members may have, where it names them.
    private let texts: [[MemberName: [String]]]

    /// The branches of `allOf`: what each wants is the condition under which it says anything.
    init(ofConditions branches: [JSONValue]) {
        let harmless: Set = ["if", "then", "$comment", "title", "description"]
        texts = branches.map { branch in
            guard let object = branch.objectValue, object.keys.allSatisfy(harmless.contains) else { return [:] }
            return Self.textsWanted(by: object["if"] ?? nil)
        }
    }

    /// The branches of `anyOf` and `oneOf`: what each wants is the least that must be so for it to fit.
    init(ofForms branches: [JSONValue]) {
        texts = branches.map(Self.textsWanted(by:))
    }

    /// The members for which `schema` allows nothing but some texts.
    private static func textsWanted(by schema: JSONValue) -> [MemberName: [String]] {
        // Under another dialect the words might mean nothing.
        guard let object = schema.objectValue, object["$schema"] == nil, object["$id"] == nil else { return [:] }
        var texts: [MemberName: [String]] = [:]
        for (name, property) in object["properties"]?.objectValue ?? [:] {
            let allowed = property["const"].map { [$0] } ?? property["enum"]?.arrayValue ?? []
            let strings = allowed.compactMap(\.stringValue)
            if !strings.isEmpty, strings.count == allowed.count { texts[MemberName(name)] = strings }
        }
        return texts
    }

    /// The lists for the member that most branches name; `schemas` are the numbers of the branches.
    func lists(of schemas: [Int]) -> Branches.Cases? {
        var counts: [MemberName: Int] = [:]
        for name in texts.flatMap(\.keys) { counts[name, default: 0] += 1 }
        // Of several that are named as often, the same one each time.
        guard
            let (member, count) = counts.max(by: { ($0.value, $1.key.text) < ($1.value, $0.key.text) }),
            count >= Self.fewest, schemas.count - count <= Self.mostIndependent
        else { return nil }
        var names = NameTable()
        for text in texts.flatMap({ $0[member] ?? [] }) where names.place(of: text) == nil { _ = names.insert(text) }
        let lists = names.names.map { text in
            schemas.indices.filter { self.texts[$0][member]?.contains { $0.hasSameBytes(as: text) } ?? true }
        }
        return Branches.Cases(
            member: member.text, texts: names, branches: lists.map { $0.map { schemas[$0] } },
            others: schemas.indices.filter { texts[$0][member] == nil }.map { schemas[$0] })
    }
}
