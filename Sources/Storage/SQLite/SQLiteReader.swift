import GRDB

/// The connections that read: GRDB's own pool blocks a thread for each read that waits, and looks the schema up for each
/// that runs.
typealias SQLiteReaders = ConnectionPool<SQLiteReader>

/// A connection that only reads.
struct SQLiteReader: PooledConnection {
    let queue: DatabaseQueue

    func submit(_ job: @escaping @Sendable (GRDB.Database) -> Void) {
        queue.asyncWriteWithoutTransaction(job)
    }

    func close() throws {
        try queue.close()
    }
}

extension PoolJob<GRDB.Database> {
    /// One call of ``Database/read(_:)``.
    init<Value: Sendable>(
        reading body: @escaping @Sendable (Transaction) throws -> Value,
        continuation: CheckedContinuation<Value, any Error>
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
