import Commands
import Logging
import Metrics
import Storage

extension Settings.Storage {
    /// Opens the database that is set; `creating` makes an SQLite file that is missing.
    ///
    /// - Throws: ``CannotStart`` and ``StorageError``
    func openDatabase(creating: Bool, metrics: any MetricsFactory, logger: Logger) throws -> any Database {
        switch database {
        case .sqlite(let path):
            try checkThatDatabaseWasNotEmptied()
            return try SQLiteDatabase(path: path, creating: creating, metrics: metrics, logger: logger)
        case .postgres(let address):
            #if PostgreSQL
                return PostgresDatabase(address, metrics: metrics, logger: logger)
            #else
                throw CannotStart("\(address) " + DatabaseLocation.needsPostgreSQL)
            #endif
        }
    }
}
