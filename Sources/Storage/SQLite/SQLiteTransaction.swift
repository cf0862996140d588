import GRDB
import GRDBSQLite

/// The statements of one transaction (a read, or one write of a batch) on one SQLite connection.
///
/// A statement that fails ends its savepoint, as it does in PostgreSQL: nothing more runs in it, and it is undone even
/// when the error was caught.
final class SQLiteTransaction: Connection {
    private let database: GRDB.Database
    private let isReading: Bool

    private var fate = TransactionFate()

    /// Why no statement can run any more: SQLite has rolled the whole transaction back by itself (a full disk, an I/O
    /// error), so that anything after it would commit on its own.
    var end: StorageError? { fate.end }

    init(_ database: GRDB.Database, isReading: Bool) {
        self.database = database
        self.isReading = isReading
    }

    func run(_ sql: String, _ arguments: [SQLValue]) throws -> StatementResult {
        try fate.checkThatStatementsMayRun()
        do {
            let result = try execute(sql, arguments)
            noticeEnd(because: .misuse("a statement ended its own transaction, \(sql)"))
            return result
        } catch {
            let failure = StorageError(error, isReading: isReading)
            fate.failed(failure)
            noticeEnd(because: failure)
            throw failure
        }
    }

    func run(_ statements: [SQLStatement]) throws -> [StatementResult] {
        try statements.map { try run($0.sql, $0.arguments) }
    }

    func insert(_ sql: String, _ arguments: [SQLValue]) throws -> Int64? {
        try run(sql, arguments).modified == 1 ? unsafe sqlite3_last_insert_rowid(database.sqliteConnection) : nil
    }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        _ = try run("SAVEPOINT usher", [])
        fate.openedSavepoint()
        do {
            let value = try body()
            try checkThatNothingFailed()
            try execute("RELEASE usher")
            fate.closedSavepoint()
            return value
        } catch {
            fate.closedSavepoint()
            try undoSavepoint(because: error)
            throw error
        }
    }

    /// Throws the failure of a statement whose error the caller caught.
    func checkThatNothingFailed() throws { try fate.checkThatNothingFailed() }

    /// Refuses every statement from now on: the closure that received the transaction has returned.
    func finish() { fate.finish() }

    private func undoSavepoint(because error: any Error) throws {
        if end != nil { return }
        do {
            try execute("ROLLBACK TO usher")
            try execute("RELEASE usher")
        } catch {
            fate.ended(because: StorageError(error).asUnavailable)
        }
    }

    private func noticeEnd(because reason: @autoclosure () -> StorageError) {
        if !database.isInTransaction { fate.ended(because: reason().asUnavailable) }
    }

    @discardableResult
    private func execute(_ sql: String, _ arguments: [SQLValue] = []) throws -> StatementResult {
        try database.execute(sql, arguments, isReading: isReading)
    }
}

extension GRDB.Database {
    /// What GRDB's `isInsideTransaction` says, without its look at the current queue.
    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(sqliteConnection) == 0 }

    /// Runs one statement, compiled once per connection.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue] = [], isReading: Bool = false) throws -> StatementResult {
        let statement = try cachedStatement(sql: sql)
        return try unsafe statement.run(arguments, on: sqliteConnection, isReading: isReading)
    }
}
