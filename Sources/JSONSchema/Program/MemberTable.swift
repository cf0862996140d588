/// What a schema says of the members of an object: `properties`, `patternProperties`, `additionalProperties` and
/// `required`, so that each member is looked up once.
final class MemberTable: Sendable {
    enum Others: Sendable {
        case anything
        case nothing
        case schema(Int)
    }

    /// A table while it is put together.
    struct Draft: Sendable {
        fileprivate var names = NameTable()
        fileprivate var entries: [Entry] = []
        var patterns: [(expression: RegularExpression, schema: Int)] = []
        var others = Others.anything
        /// Whether `additionalProperties` is there: then no member is left unevaluated.
        var evaluatesOthers = false
        fileprivate var required: [String] = []

        mutating func insert(_ name: String, _ schema: Int) {
            _ = names.insert(name)
            entries.append(Entry(schema: schema))
        }

        /// Takes what `required` says, if its names are few enough to be counted by bits.
        mutating func require(_ required: [String]) -> Bool {
            guard required.count <= UInt64.bitWidth else { return false }
            self.required = required
            for (bit, name) in required.enumerated() {
                let place = names.place(of: name) ?? names.insert(name)
                if place == entries.count { entries.append(Entry(schema: -1)) }
                entries[place].bit = 1 << UInt64(bit)
            }
            return true
        }
    }

    struct Entry: Sendable {
        /// Of `properties`, or -1.
        let schema: Int
        /// Of ``MemberTable/allRequired``, or 0.
        var bit: UInt64 = 0
    }

    private let names: NameTable
    private let entries: [Entry]
    let patterns: [(expression: RegularExpression, schema: Int)]
    let others: Others
    let evaluatesOthers: Bool
    /// What applies to members that are not known, ``refusing``, or -1 where nothing does.
    let schemaOfOthers: Int
    static let refusing = -2
    /// Where one name is known and nothing is said of others: that one is looked for, and not each member in the table.
    let only: (name: String, entry: Entry)?
    let required: [String]
    /// A bit for each required name.
    let allRequired: UInt64

    init(_ draft: Draft) {
        names = draft.names
        entries = draft.entries
        patterns = draft.patterns
        others = draft.others
        evaluatesOthers = draft.evaluatesOthers
        schemaOfOthers =
            switch draft.others {
            case .anything: -1
            case .nothing: Self.refusing
            case .schema(let schema): schema
            }
        if schemaOfOthers == -1, entries.count == 1, let name = names.names.first {
            only = (name, entries[0])
        } else {
            only = nil
        }
        required = draft.required
        allRequired = draft.required.isEmpty ? 0 : UInt64.max >> UInt64(64 - draft.required.count)
    }

    @inline(__always)
    func entry(of name: String) -> Entry? { names.place(of: name).map { entries[$0] } }

    /// The names that `properties` has.
    var properties: [String] { zip(names.names, entries).filter { $1.schema >= 0 }.map(\.0) }
}
