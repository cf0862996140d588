import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Puts a database in the place of the one at `path`, so that a power cut at any moment leaves the one or the other.
///
/// The danger is the write-ahead log of the old database: SQLite would apply it to whatever has the name. So the old
/// database first takes its log in, and has none when the new one gets the name, which is one step.
package struct DatabaseReplacement {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    /// Gives the name to the file `new`, which is whole, on disk, and in the same folder; the old database, if there is
    /// one, is called `kept` from then on.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``StorageError``; then the old database is where it was.
    package func put(_ new: String, keepingOldAs kept: String) throws(StorageError) -> Bool {
        guard DatabaseLook.isThere(path) else {
            try swap(new, kept)
            return false
        }
        let file = DatabaseFile(path: path)
        try file.prepare(creating: false)
        // SQLite would remove the log at the mere look of it.
        if file.hasOnlyLog {
            try swap(new, kept)
            return true
        }
        do {
            try withOldSettled { try swap(new, kept) }
        } catch let error as DatabaseError {
            switch error.resultCode {
            // So damaged that its log cannot be taken in: it keeps the log, under the new name.
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: try swap(new, kept)
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw isInUse
            default: throw file.failure(to: error)
            }
        } catch {
            throw StorageError(error)
        }
        return true
    }

    /// Runs `body` while the old database is one file without a log, and nobody else can use it.
    ///
    /// A verb that opened it a moment ago gets no further: it would have to write to bring the log back, and SQLite
    /// writes to no file that has lost its name (SQLITE_READONLY_DBMOVED).
    private func withOldSettled(_ body: () throws -> Void) throws {
        let old = try DatabaseQueue(path: path, configuration: SQLiteSettings.writer)
        defer { try? old.close() }
        try old.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // Refused while any other connection is open.
            try database.execute(sql: "PRAGMA journal_mode = DELETE")
            try database.execute(sql: "BEGIN EXCLUSIVE")
            defer { try? database.execute(sql: "ROLLBACK") }
            guard try String.fetchOne(database, sql: "PRAGMA journal_mode") == "delete" else { throw isInUse }
            try body()
        }
    }

    private func swap(_ new: String, _ kept: String) throws(StorageError) {
        if DatabaseLook.isThere(path) { try check(unsafe link(path, kept), "kept as \(kept)") }
        // Of a damaged database, or of one that somebody has removed.
        for suffix in ["-wal", "-shm", "-journal"] where DatabaseLook.isThere(path + suffix) {
            try check(unsafe rename(path + suffix, kept + suffix), "kept with its log")
        }
        // The log must not come back after a power cut.
        try DiskSync.folder(of: path)
        try check(unsafe rename(new, path), "replaced")
        try DiskSync.folder(of: path)
    }

    private var isInUse: StorageError { .cannotOpen("Another program uses \(path). End it, and try again.") }

    private func check(_ result: Int32, _ what: String) throws(StorageError) {
        guard result != 0 else { return }
        throw .cannotOpen("\(path) cannot be \(what): \(unsafe String(cString: strerror(errno))).")
    }
}
