import Storage

/// A command wrote rows and did not report what it changed, so that the audit would lie: a bug, and refused.
struct UnreportedWrite: Error {
    let action: Action
}

extension Transaction {
    func checkThatWritesWereReported(by action: Action) throws {
        if unreportedRows > 0 { throw UnreportedWrite(action: action) }
    }
}
