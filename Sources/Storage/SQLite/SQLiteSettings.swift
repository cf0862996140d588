import GRDB

/// How the connections of one database are opened.
enum SQLiteSettings {
    /// How long a connection waits for another process's.
    static let busyMilliseconds: Int32 = 5000

    static let writer = configuration(label: "writer", cacheKiB: 4096)
    static let reader = configuration(label: "reader", cacheKiB: 2048, readonly: true)
    static let checkpointer = configuration(label: "checkpointer", cacheKiB: 64)
    static let copy = configuration(label: "copy", cacheKiB: 2048)
    static let look = configuration(label: "look", cacheKiB: 2048, readonly: true)

    /// The page cache fills up to its size as pages are used.
    private static func configuration(label: String, cacheKiB: Int, readonly: Bool = false) -> Configuration {
        var configuration = Configuration()
        configuration.label = "usher.sqlite.\(label)"
        configuration.readonly = readonly
        configuration.busyMode = .timeout(Double(busyMilliseconds) / 1000)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            _ = try database.execute("PRAGMA cache_size = -\(cacheKiB)")
        }
        return configuration
    }

    /// Sets what makes a commit durable and reads it back: GRDB sets `synchronous = NORMAL` for databases with a
    /// write-ahead log in some of its ways to open one, and then a power cut undoes answered writes.
    static func makeDurable(_ database: GRDB.Database) throws {
        let mode = try database.execute("PRAGMA journal_mode = WAL").rows.first?.string("journal_mode")
        guard mode == "wal" else {
            throw StorageError.cannotOpen(
                "Its file system allows no write-ahead log. Put it on a local disk, not on a network share.")
        }
        try database.execute("PRAGMA synchronous = FULL")
        try checkDurability(of: database)
        // After a long log the file shrinks back to this when the log is begun again.
        try database.execute("PRAGMA journal_size_limit = \(64 << 20)")
    }

    /// Refuses a connection whose commits would not wait for the disk.
    static func checkDurability(of database: GRDB.Database) throws {
        let level = try database.execute("PRAGMA synchronous").rows.first?.int("synchronous") ?? 0
        guard level >= 2 else {
            throw StorageError.cannotOpen("SQLite does not keep `synchronous = FULL` (it says \(level)).")
        }
    }
}
