import CSQLite
import GRDB
import Logging

/// What is needed to open a database, as often as that is.
struct SQLiteOpening: Sendable {
    let path: String
    let readers: Int
    /// How many writes, and how many reads, may wait.
    let maximumWaiting: Int
    let metrics: DatabaseMetrics
    let logger: Logger
}

/// All connections to one database, from when they are opened until they are closed or no longer to be trusted.
final class SQLiteConnections: Sendable {
    let groupCommit: GroupCommit
    let readers: SQLiteReaders
    let trust: DiskTrust

    private let writer: DatabaseQueue
    private let checkpointer: Checkpointer

    /// - Throws: ``StorageError/cannotOpen(_:)``
    init(_ opening: SQLiteOpening, creating: Bool) throws {
        let path = opening.path
        let file = DatabaseFile(path: path)
        try file.checkThatLogIsNotAlone()
        try file.prepare(creating: creating)
        trust = DiskTrust(logger: opening.logger)
        do {
            writer = try DatabaseQueue(path: path, configuration: SQLiteSettings.writer)
            try writer.writeWithoutTransaction(SQLiteSettings.makeDurable)
            checkpointer = Checkpointer(
                connection: try DatabaseQueue(path: path, configuration: SQLiteSettings.checkpointer), writer: writer,
                trust: trust)
            checkpointer.watchWriter()
            groupCommit = GroupCommit(
                writer: writer, checkpointer: checkpointer, trust: trust, maximumWaiting: opening.maximumWaiting,
                metrics: opening.metrics)
            readers = SQLiteReaders(
                try (0..<opening.readers).map { _ in
                    SQLiteReader(queue: try DatabaseQueue(path: path, configuration: SQLiteSettings.reader))
                },
                of: "reads", maximumWaiting: opening.maximumWaiting, noteRefusal: opening.metrics.refusedRead)
        } catch {
            throw file.failure(to: error)
        }
    }

    /// Whether a commit has been on disk within the last second.
    var hasJustWritten: Bool { checkpointer.hasLogJustGrown }

    /// Waits for what runs and waits, and closes.
    func close() async throws {
        if case .syncFailed? = trust.loss { return await abandon() }
        await groupCommit.close()
        try await readers.close()
        try checkpointer.close()
        // The last connection: SQLite empties the log and removes it.
        try writer.close()
    }

    /// Closes, and leaves the log for the next who opens: what is in it by now may never have reached the database.
    ///
    /// SQLite would only copy what it has not copied yet, and remove the log, though what it copied before may be lost.
    func abandon() async {
        await groupCommit.close()
        try? await readers.close()
        try? checkpointer.close()
        await withCheckedContinuation { continuation in
            writer.asyncWriteWithoutTransaction { database in
                _ = unsafe usher_sqlite_keep_log_at_close(UnsafeMutableRawPointer(database.sqliteConnection))
                continuation.resume()
            }
        }
        try? writer.close()
    }

    /// Writes a page and has the whole log copied into the database, each with its sync, so that from here on nothing
    /// rests on an earlier one.
    ///
    /// - Throws: ``StorageError``
    func prove() async throws {
        try await groupCommit.exclusively { database in
            try database.rewriteHeader()
            try database.settleLog()
        }
    }
}

extension GRDB.Database {
    /// A write that changes nothing, and goes the whole way to the disk: an empty transaction would not.
    func rewriteHeader() throws {
        let version = try execute("PRAGMA user_version").rows.first?.int("user_version") ?? 0
        try execute("PRAGMA user_version = \(version)")
    }
}
