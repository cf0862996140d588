import Glibc
import Storage

/// A database that nobody has used yet: what is in it comes from the migrations.
enum NewDatabase {
    /// What is in one, table by table.
    static func state(_ migrations: [Migration]) async throws -> [String: TableState] {
        var template = Array("/tmp/usher-copy-XXXXXX".utf8CString)
        guard let folder = unsafe mkdtemp(&template) else {
            throw CannotStart("A temporary folder cannot be made in /tmp: \(lastSystemError()).")
        }
        let path = unsafe String(cString: folder)
        defer {
            for suffix in ["", "-wal", "-shm"] { unsafe unlink(path + "/new.db" + suffix) }
            unsafe rmdir(path)
        }
        let location = DatabaseLocation.sqlite(path: path + "/new.db")
        let database = try SQLiteDatabase(path: path + "/new.db")
        do {
            try await database.migrate(migrations)
            let state = try await CopySide(location: location, database: database).state { _ in }
            try await database.close()
            return state
        } catch {
            try? await database.close()
            throw error
        }
    }
}
