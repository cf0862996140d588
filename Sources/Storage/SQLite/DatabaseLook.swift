import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A look into a database file that changes nothing in it, whether or not a server uses it.
package final class DatabaseLook {
    private let path: String
    private let connection: DatabaseQueue

    /// Whether there is anything at `path`.
    package static func isThere(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Sees whether there is a log without the database that it belongs to.
    ///
    /// - Throws: ``StorageError/cannotOpen(_:)``
    package static func checkThatLogIsNotAlone(_ path: String) throws(StorageError) {
        try DatabaseFile(path: path).checkThatLogIsNotAlone()
    }

    /// Whether there is a file with nothing at all in it.
    package static func isEmpty(_ path: String) -> Bool { DatabaseFile.size(of: path) == 0 }

    /// Sees whether a database could be made at `path`; nothing is said of the folder `exempt`.
    ///
    /// - Throws: ``StorageError/cannotOpen(_:)``
    package static func checkFolder(of path: String, exempt: String) throws(StorageError) {
        let folder = DatabaseFile(path: path).folder
        guard folder != exempt, unsafe access(folder, W_OK | X_OK) != 0 else { return }
        throw .cannotOpen(DatabaseFile(path: path).reason(ofError: errno))
    }

    /// - Throws: ``StorageError/cannotOpen(_:)``
    package init(path: String) throws(StorageError) {
        self.path = path
        try DatabaseFile(path: path).inspect()
        try Self.checkThatLogIsNotAlone(path)
        do {
            connection = try DatabaseQueue(path: Self.url(of: path), configuration: SQLiteSettings.look)
            try connection.read { database in _ = try database.execute("SELECT COUNT(*) AS tables FROM sqlite_schema") }
        } catch {
            throw DatabaseFile(path: path).failure(to: error)
        }
    }

    /// A look at a file that no server uses, such as a back-up, whoever it belongs to.
    ///
    /// - Throws: ``StorageError/cannotOpen(_:)``
    package init(backup path: String) throws(StorageError) {
        self.path = path
        do {
            connection = try DatabaseQueue(path: Self.immutable(path), configuration: SQLiteSettings.look)
            try connection.read { database in _ = try database.execute("SELECT COUNT(*) AS tables FROM sqlite_schema") }
        } catch {
            throw DatabaseFile(path: path).failure(to: error)
        }
    }

    /// Runs `body` on one snapshot.
    package func read<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        try connection.unsafeRead { database in try database.snapshot(body) }
    }

    /// Whether the table is there.
    package func has(table: String) throws -> Bool {
        try read { tx in try tx.row("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = $1", table) != nil }
    }

    /// The migrations that have run.
    package func migrations() throws -> [String] {
        guard try has(table: "schema_migrations") else { return [] }
        return try read { tx in try tx.rows("SELECT name FROM schema_migrations").map { try $0.string("name") } }
    }

    /// - Throws: ``StorageError/newerSchema(_:)`` when it knows a migration that is not in the list.
    package func checkVersion(_ migrations: [Migration]) throws {
        let known = Set(migrations.map(\.name))
        if let unknown = try self.migrations().first(where: { !known.contains($0) }) {
            throw StorageError.newerSchema(unknown)
        }
    }

    /// What SQLite finds damaged, at most ten of it; reads the whole file.
    package func damages() throws -> [String] {
        try read { tx in
            try tx.rows("PRAGMA quick_check(10)").map { try $0.string("quick_check") }.filter { $0 != "ok" }
        }
    }

    /// Bytes of the database and of its write-ahead log.
    package var size: (database: Int64, log: Int64) {
        (DatabaseFile.size(of: path) ?? 0, DatabaseFile.size(of: path + "-wal") ?? 0)
    }

    /// Without a log the file alone is the database, and SQLite need not put anything beside it.
    private static func url(of path: String) -> String {
        (DatabaseFile.size(of: path + "-wal") ?? 0) == 0 ? immutable(path) : url(path)
    }

    /// The file alone, which SQLite then neither locks nor puts anything beside.
    static func immutable(_ path: String) -> String { url(path) + "?immutable=1" }

    private static func url(_ path: String) -> String {
        let reserved: [Character: String] = ["%": "%25", "?": "%3f", "#": "%23"]
        return "file:" + path.map { reserved[$0] ?? String($0) }.joined()
    }
}
