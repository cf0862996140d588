/// A table as the catalogue of its database describes it.
struct TableShape: Sendable {
    struct Column: Sendable {
        let name: String
        /// As its own database calls it.
        let type: String

        var isText: Bool { type.lowercased() == "text" }
    }

    let name: String
    /// By name, so that they are in the same order in every database.
    let columns: [Column]
    /// The columns of the primary key; none where there is no such key.
    let key: [String]
    /// The tables that its rows refer to.
    let references: Set<String>
    /// Whether ids of rows come from a counter, so that none is given out twice.
    let hasCounter: Bool
}

extension [TableShape] {
    /// The tables in an order in which rows can be put into them: first those that are referred to.
    ///
    /// - Throws: ``CannotStart`` when some refer to each other in a circle.
    func inOrderOfReferences() throws(CannotStart) -> [TableShape] {
        var (ordered, rest) = ([TableShape](), sorted { $0.name < $1.name })
        while !rest.isEmpty {
            let waiting = Set(rest.map(\.name))
            let free = rest.filter { $0.references.subtracting([$0.name]).isDisjoint(with: waiting) }
            guard !free.isEmpty else {
                throw CannotStart(
                    "These tables refer to each other in a circle: \(waiting.sorted().joined(separator: ", ")).")
            }
            ordered += free
            rest.removeAll { shape in free.contains { $0.name == shape.name } }
        }
        return ordered
    }

    /// What another database has more or less of, in words; nil when both have the same tables and columns.
    func difference(from other: [TableShape]) -> String? {
        let (ours, theirs) = (Set(map(\.name)), Set(other.map(\.name)))
        if let table = ours.subtracting(theirs).min() { return "lacks the table `\(table)`" }
        if let table = theirs.subtracting(ours).min() { return "has a table `\(table)` that is none of Usher's" }
        for shape in self {
            guard let twin = other.first(where: { $0.name == shape.name }),
                twin.columns.map(\.name) != shape.columns.map(\.name)
            else { continue }
            return "has other columns in the table `\(shape.name)`"
        }
        return nil
    }
}
