public import Storage

/// What one transaction of a command has put on disk.
public struct CommittedWork: Sendable {
    /// The kinds of the records that were written, those of changes too small to list among them.
    public let kinds: Set<String>
    /// In order.
    public let changes: [Change]

    static let none = CommittedWork(kinds: [], changes: [])
}

extension CommittedWork {
    init(of tx: Transaction) {
        self.init(kinds: tx.writtenKinds, changes: tx.changes)
    }
}
