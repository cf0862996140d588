import GRDB

/// Brings a schema up to date in one transaction, so that it is never between two versions, and a second process
/// that starts at the same time waits and then finds nothing to do.
struct SQLiteMigrator {
    private let migrations: [Migration]

    init(_ migrations: [Migration]) {
        self.migrations = migrations
    }

    func run(on database: GRDB.Database) throws {
        // Off while a table is rebuilt, because DROP TABLE deletes its rows first; only possible outside a transaction.
        try database.execute("PRAGMA foreign_keys = OFF")
        defer {
            if database.isInTransaction { _ = try? database.execute("ROLLBACK") }
            _ = try? database.execute("PRAGMA foreign_keys = ON")
        }
        try database.execute("BEGIN IMMEDIATE")
        let missing = try missing(in: database)
        for migration in missing { try apply(migration, to: database) }
        if !missing.isEmpty { try checkForeignKeys(of: database) }
        try database.execute("COMMIT")
        database.clearSchemaCache()
    }

    private func missing(in database: GRDB.Database) throws -> [Migration] {
        try database.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL)")
        let applied = try database.execute("SELECT name FROM schema_migrations").rows.map { try $0.string("name") }
        if let unknown = applied.first(where: { name in !migrations.contains { $0.name == name } }) {
            throw StorageError.newerSchema(unknown)
        }
        return migrations.filter { !applied.contains($0.name) }
    }

    private func apply(_ migration: Migration, to database: GRDB.Database) throws {
        do {
            for sql in migration.sqlite {
                let statements = try database.allStatements(sql: sql)
                while let statement = try statements.next() {
                    _ = try unsafe statement.run([], on: database.sqliteConnection, isReading: false)
                }
            }
            try database.execute(
                "INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)",
                [.text(migration.name), Timestamp.wall().sqlValue])
        } catch {
            throw StorageError(error).inMigration(migration.name)
        }
    }

    private func checkForeignKeys(of database: GRDB.Database) throws {
        guard let row = try database.execute("PRAGMA foreign_key_check").rows.first else { return }
        throw StorageError.constraint("after the migrations a row of `\(try row.string("table"))` refers to no row")
    }
}
