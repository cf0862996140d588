#if PostgreSQL
    /// Brings a schema up to date in one transaction and under a lock, so that it is never between two versions, and a node
    /// that starts at the same time waits and then finds nothing to do.
    struct PostgresMigrator {
        private let migrations: [Migration]

        /// Any number that is always the same; of the transaction, so that a pgbouncer does not matter.
        private static let lock = "SELECT pg_advisory_xact_lock(8316866970243559) AS lock"

        init(_ migrations: [Migration]) {
            self.migrations = migrations
        }

        func run(on connection: PostgresConnection) throws {
            do {
                // A table may be long, and so may be the other node's wait for us.
                try connection.run(
                    script: "BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; \(Self.lock)")
                for migration in try missing(on: connection) { try apply(migration, on: connection) }
                try connection.run(script: "COMMIT")
            } catch {
                try? connection.run(script: "ROLLBACK")
                throw (error as? PostgresFailure)?.storageError(isReading: false) ?? error
            }
        }

        private func missing(on connection: PostgresConnection) throws -> [Migration] {
            try connection.run(
                script: """
                    SET LOCAL client_min_messages = warning;
                    CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)
                    """)
            let rows = try connection.exchange([SQLStatement("SELECT name FROM schema_migrations")])[0].rows
            let applied = Set(try rows.map { try $0.string("name") })
            if let unknown = applied.first(where: { name in !migrations.contains { $0.name == name } }) {
                throw StorageError.newerSchema(unknown)
            }
            return migrations.filter { !applied.contains($0.name) }
        }

        private func apply(_ migration: Migration, on connection: PostgresConnection) throws {
            do {
                for sql in migration.postgres { try connection.run(script: sql) }
                _ = try connection.exchange([
                    SQLStatement(
                        "INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)", migration.name,
                        Timestamp.wall())
                ])
            } catch {
                throw error.storageError(isReading: false).inMigration(migration.name)
            }
        }
    }
#endif
