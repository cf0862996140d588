import Storage

/// The database of an installation, seen without changing anything in it, whether or not a server uses it.
enum DatabaseView {
    case sqlite(DatabaseLook)
    case postgres(any Database)

    /// Nil where there is none yet, and one could be made.
    ///
    /// - Throws: ``CannotStart`` and ``StorageError``
    init?(_ storage: Settings.Storage) throws {
        switch storage.database {
        case .sqlite(let path):
            try storage.checkThatDatabaseWasNotEmptied()
            guard DatabaseLook.isThere(path) else {
                try DatabaseLook.checkFolder(of: path, exempt: storage.folder)
                return nil
            }
            self = .sqlite(try DatabaseLook(path: path))
        case .postgres(let address):
            #if PostgreSQL
                self = .postgres(
                    PostgresDatabase(
                        address.called("usher-check"), connections: 1))
            #else
                throw CannotStart("\(address) " + DatabaseLocation.needsPostgreSQL)
            #endif
        }
    }

    /// Runs `body` on one snapshot.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        switch self {
        case .sqlite(let look): try look.read(body)
        case .postgres(let database): try await database.read(body)
        }
    }

    func has(table: String) async throws -> Bool {
        switch self {
        case .sqlite(let look): try look.has(table: table)
        case .postgres(let database):
            try await database.read { tx in
                try tx.row(
                    """
                    SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = $1
                    """, table) != nil
            }
        }
    }

    /// The migrations that have run.
    func migrations() async throws -> Set<String> {
        guard try await has(table: "schema_migrations") else { return [] }
        return try await read { tx in
            Set(try tx.rows("SELECT name FROM schema_migrations").map { try $0.string("name") })
        }
    }

    /// - Throws: ``StorageError/newerSchema(_:)`` when it knows a migration that is not in the list.
    func checkVersion(_ migrations: [Migration]) async throws {
        let unknown = try await self.migrations().subtracting(migrations.map(\.name))
        if let first = unknown.min() { throw StorageError.newerSchema(first) }
    }

    func close() async {
        if case .postgres(let database) = self { try? await database.close() }
    }
}
