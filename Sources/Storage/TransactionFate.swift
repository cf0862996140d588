/// What has failed in a transaction, so that a failure that somebody caught still counts.
///
/// A statement that fails ends its savepoint: nothing more runs in it, and it is undone.
struct TransactionFate {
    /// The failure that ended a savepoint, for each open one and, first, for what is outside of all.
    private var failures: [StorageError?] = [nil]

    /// Why no statement can run any more, in no savepoint.
    private(set) var end: StorageError?

    mutating func openedSavepoint() { failures.append(nil) }

    mutating func closedSavepoint() { failures.removeLast() }

    mutating func failed(_ failure: StorageError) { failures[failures.count - 1] = failure }

    /// The first reason stays.
    mutating func ended(because reason: StorageError) { end = end ?? reason }

    /// The closure that received the transaction has returned.
    mutating func finish() { ended(because: .misuse("the transaction of this statement is over")) }

    func checkThatStatementsMayRun() throws {
        if let end { throw end }
        if let failure = failures.last ?? nil {
            throw StorageError.misuse("a statement after one that failed (\(failure))")
        }
    }

    /// Throws the failure of a statement whose error the caller caught.
    func checkThatNothingFailed() throws {
        if let failure = end ?? failures.last ?? nil { throw failure }
    }
}
