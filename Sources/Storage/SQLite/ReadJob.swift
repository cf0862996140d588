import GRDB

/// One call of ``Database/read(_:)`` that waits for a connection.
struct ReadJob: Sendable {
    let perform: @Sendable (GRDB.Database) -> Void
    /// Tells the caller that nothing was read, and why.
    let refuse: @Sendable (any Error) -> Void

    init<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value, continuation: CheckedContinuation<Value, any Error>
    ) {
        perform = { database in continuation.resume(with: Result { try database.snapshot(body) }) }
        refuse = { continuation.resume(throwing: $0) }
    }
}

extension GRDB.Database {
    /// Runs `body` on the state of the database at its first statement: later than every write answered by now.
    func snapshot<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        do {
            try execute("BEGIN")
        } catch {
            throw StorageError(error, isReading: true)
        }
        defer { _ = try? execute("ROLLBACK") }
        let connection = SQLiteTransaction(self, isReading: true)
        defer { connection.finish() }
        let value = try body(Transaction(on: connection))
        try connection.checkThatNothingFailed()
        return value
    }
}
