import GRDB
import GRDBSQLite

/// The C interface of a prepared statement: GRDB's rows cost several times more than ours.
///
/// Only called on the queue of the statement's connection.
extension Statement {
    /// Runs the statement to its end and leaves it ready for the next run, with none of the arguments kept.
    ///
    /// - Throws: ``StorageError``
    func run(_ arguments: [SQLValue], on connection: OpaquePointer?, isReading: Bool) throws -> StatementResult {
        // Also after an error: a statement that has not been reset keeps its transaction open.
        defer {
            unsafe sqlite3_reset(sqliteStatement)
            unsafe sqlite3_clear_bindings(sqliteStatement)
        }
        try bind(arguments)
        let before = unsafe sqlite3_total_changes64(connection)
        var values: [[SQLValue]] = []
        var code = unsafe sqlite3_step(sqliteStatement)
        while code == SQLITE_ROW {
            values.append(try rowValues())
            code = unsafe sqlite3_step(sqliteStatement)
        }
        guard code == SQLITE_DONE else {
            let message = unsafe String(cString: sqlite3_errmsg(connection))
            throw StorageError(sqliteCode: code, message: message, isReading: isReading)
        }
        return unsafe StatementResult(rows: rows(of: values), modified: modified(since: before, on: connection))
    }

    /// The rows that this statement changed itself; `sqlite3_changes` alone would repeat those of the one before when
    /// this one is no INSERT, UPDATE or DELETE.
    private func modified(since before: Int64, on connection: OpaquePointer?) -> Int {
        guard unsafe sqlite3_total_changes64(connection) != before else { return 0 }
        return unsafe Int(sqlite3_changes64(connection))
    }
}
