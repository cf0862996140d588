import Synchronization

/// The names of a result's columns, all different, shared by its rows.
///
/// It remembers where the last name was found and looks at the next place first: rows are read in the order of their
/// columns, so that a name costs one comparison. Only a hint: any number of threads may ask.
package final class ColumnNames: Sendable {
    package let names: [String]
    private let next = Atomic<Int>(0)

    package init(_ names: [String]) {
        assert(Set(names).count == names.count, "Two columns have the same name, so that one cannot be read: \(names)")
        self.names = names
    }

    /// The place of the column of that name.
    package func index(of name: String) -> Int? {
        let hint = next.load(ordering: .relaxed)
        if hint < names.count, names[hint] == name {
            next.store(hint + 1 == names.count ? 0 : hint + 1, ordering: .relaxed)
            return hint
        }
        guard let index = names.firstIndex(of: name) else { return nil }
        next.store(index + 1 == names.count ? 0 : index + 1, ordering: .relaxed)
        return index
    }
}
