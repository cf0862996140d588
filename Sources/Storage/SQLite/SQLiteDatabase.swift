import GRDB
package import Metrics

/// A database in one SQLite file of this machine: one writer that commits in groups, several readers.
///
/// Other processes may use the file at the same time.
package final class SQLiteDatabase: Database {
    package let path: String

    private let writer: DatabaseQueue
    private let checkpointer: Checkpointer
    private let groupCommit: GroupCommit
    private let readers: ReaderPool

    /// Opens the file, which gets the mode 0600.
    ///
    /// - Parameters:
    ///   - path: Of the file. Its folder must be there.
    ///   - creating: Whether to make the file when it is not there.
    ///   - readers: How many reads run at once.
    ///   - maximumWaiting: How many writes, and how many reads, may wait; more are refused as unavailable.
    ///   - metrics: Where commits and refusals are counted.
    /// - Throws: ``StorageError/cannotOpen(_:)``
    package init(
        path: String, creating: Bool = true, readers: Int = 4, maximumWaiting: Int = 4096,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) throws {
        self.path = path
        let metrics = DatabaseMetrics(metrics)
        try DatabaseFile(path: path).prepare(creating: creating)
        do {
            writer = try DatabaseQueue(path: path, configuration: SQLiteSettings.writer)
            try writer.writeWithoutTransaction(SQLiteSettings.makeDurable)
            checkpointer = Checkpointer(
                connection: try DatabaseQueue(path: path, configuration: SQLiteSettings.checkpointer), writer: writer)
            checkpointer.watchWriter()
            groupCommit = GroupCommit(
                writer: writer, checkpointer: checkpointer, maximumWaiting: maximumWaiting, metrics: metrics)
            self.readers = ReaderPool(
                readers: try (0..<readers).map { _ in
                    try DatabaseQueue(path: path, configuration: SQLiteSettings.reader)
                },
                maximumWaiting: maximumWaiting, metrics: metrics)
        } catch {
            throw DatabaseFile(path: path).failure(to: error)
        }
    }

    /// How many writes wait for the next batch now; for metrics.
    package var waitingWrites: Int { groupCommit.waitingCount }

    /// How many reads wait for a connection now; for metrics.
    package var waitingReads: Int { readers.waitingCount }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { readers.submit(ReadJob(body, continuation: $0)) }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { groupCommit.submit(WriteJob(body, continuation: $0)) }
    }

    package func migrate(_ migrations: [Migration]) async throws {
        try await groupCommit.exclusively { try SQLiteMigrator(migrations).run(on: $0) }
    }

    /// Read on the writer's own connection, so that this process's writes do not change it and every other's do.
    package func version() async throws -> Int64 {
        try await groupCommit.exclusively { database in
            guard let row = try database.execute("PRAGMA data_version").rows.first else {
                throw StorageError.unavailable("it has no version")
            }
            return try row.int64("data_version")
        }
    }

    package func close() async throws {
        await groupCommit.close()
        try await readers.close()
        try checkpointer.close()
        // The last connection: SQLite empties the log and removes it.
        try writer.close()
    }
}
