import GRDB
import GRDBSQLite

extension StorageError {
    /// What a result code (basic or extended) and SQLite's sentence mean to callers.
    ///
    /// The sentence names tables and columns, never values.
    init(sqliteCode code: Int32, message: String, isReading: Bool = false) {
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: self = .constraint(message)
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .damaged("\(message), SQLite \(code)")
        case SQLITE_READONLY where isReading: self = .misuse("a read may not write")
        case SQLITE_ERROR, SQLITE_MISUSE, SQLITE_RANGE, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_AUTH:
            self = .misuse(message)
        default: self = .unavailable("\(message) (SQLite \(code))")
        }
    }

    init(_ error: any Error, isReading: Bool = false) {
        if let error = error as? StorageError {
            self = error
        } else if let error = error as? DatabaseError {
            let code = error.extendedResultCode.rawValue
            self.init(sqliteCode: code, message: error.message ?? "error \(code)", isReading: isReading)
        } else {
            self = .unavailable("\(error)")
        }
    }

    /// What happens to the whole batch when one write ends it.
    var asUnavailable: StorageError {
        switch self {
        case .unavailable, .outcomeUnknown, .damaged: self
        default: .unavailable(description)
        }
    }
}
