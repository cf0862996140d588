import GRDB
import GRDBSQLite

extension Statement {
    /// The values of the row that the statement stands on.
    func rowValues() throws -> [SQLValue] {
        let count = unsafe Int(sqlite3_column_count(sqliteStatement))
        var values: [SQLValue] = []
        values.reserveCapacity(count)
        for column in 0..<Int32(count) { values.append(try value(column)) }
        return values
    }

    private func value(_ column: Int32) throws -> SQLValue {
        switch unsafe sqlite3_column_type(sqliteStatement, column) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .integer(unsafe sqlite3_column_int64(sqliteStatement, column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(unsafe Array(bytes(sqlite3_column_blob(sqliteStatement, column), of: column)))
        default: throw StorageError.unexpectedColumn(columnNames[Int(column)])  // a floating-point number
        }
    }

    private func text(_ column: Int32) -> String {
        unsafe String(decoding: bytes(sqlite3_column_text(sqliteStatement, column), of: column), as: UTF8.self)
    }

    /// The bytes of a text or blob, whose pointer must have been asked for before their number.
    private func bytes(_ start: UnsafeRawPointer?, of column: Int32) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(sqliteStatement, column)))
    }

    /// Rows that share the names of their columns.
    func rows(of values: [[SQLValue]]) -> [Row] {
        guard !values.isEmpty else { return [] }
        let columns = ColumnNames(columnNames)
        return values.map { Row(columns: columns, values: $0) }
    }
}
