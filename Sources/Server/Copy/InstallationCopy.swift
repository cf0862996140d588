import Glibc
import Logging
import Storage

/// Moves everything that is in one database into another, new one.
struct InstallationCopy {
    struct Report {
        let tables: [(name: String, rows: Int)]
        /// Whether the target had it all before.
        let wasDone: Bool
    }

    let from: DatabaseLocation
    let to: DatabaseLocation
    /// Where a server that runs on an SQLite file holds its lock.
    let dataFolder: String
    /// The steps of the schema that are known here.
    let migrations: [Migration]

    /// - Throws: ``CannotStart`` and ``StorageError``; then the target has nothing in it that it did not have before.
    func run(_ progress: @escaping @Sendable (String) -> Void) async throws -> Report {
        guard from != to else { throw CannotStart("\(from) is source and target. Name two databases.") }
        let locks = try lockFolders()
        defer { for lock in locks { lock.release() } }
        return try await with(from, creating: false) { source in
            let done = try await prepared(source)
            return try await with(to, creating: true) { target in
                try await prepare(target, done)
                return try await copy(source, target, done, progress)
            }
        }
    }

    private func copy(
        _ source: CopySide, _ target: CopySide, _ migrations: [Migration],
        _ progress: @escaping @Sendable (String) -> Void
    ) async throws -> Report {
        let tables = try await source.database.read { [dialect = source.dialect] tx in try dialect.tables(in: tx) }
        let writer = CopyWriter(
            target: target, tables: tables, new: try await NewDatabase.state(migrations), progress: progress)
        let channel = RowChannel()
        do {
            async let reading: Void = read(source, into: channel, progress)
            let states = try await writer.run(from: channel)
            try await reading
            return Report(states, wasDone: false)
        } catch let error as CopyWriter.IsNotNew {
            progress("Comparing")
            let there = try await target.state(progress)
            guard try await source.state(progress) == there else { throw inUse(error) }
            return Report(there, wasDone: true)
        }
    }

    private func read(
        _ source: CopySide, into channel: RowChannel, _ progress: @escaping @Sendable (String) -> Void
    ) async throws {
        do {
            try await CopyReader(source: source, progress: progress).run(into: channel)
        } catch {
            channel.fail(error)
            throw channel.failure ?? error
        }
    }

    private func inUse(_ error: CopyWriter.IsNotNew) -> CannotStart {
        CannotStart(
            "\(to) is in use: the table `\(error.table)` has \(error.rows) rows or more, and they are not those of \(from). "
                + "Name a database that is empty. Nothing was changed.")
    }

    /// What the source has of the migrations, when it can be copied.
    private func prepared(_ source: CopySide) async throws -> [Migration] {
        let tables = try await source.database.read { [dialect = source.dialect] tx in try dialect.tables(in: tx) }
        guard tables.contains(where: { $0.name == "schema_migrations" }), tables.contains(where: { $0.name == "keys" })
        else { throw CannotStart("There is no Usher in \(from): it has no table `keys`. Nothing was changed.") }
        let names = try await source.database.read { tx in
            Set(try tx.rows("SELECT name FROM schema_migrations").map { try $0.string("name") })
        }
        if let unknown = names.subtracting(migrations.map(\.name)).min() { throw StorageError.newerSchema(unknown) }
        try await checkThatNoServerRuns(source)
        return migrations.filter { names.contains($0.name) }
    }

    /// Makes the tables of the target, if it is one that may have them.
    private func prepare(_ target: CopySide, _ migrations: [Migration]) async throws {
        let tables = try await target.database.read { [dialect = target.dialect] tx in try dialect.tables(in: tx) }
        try await checkThatNoServerRuns(target)
        var done: Set<String> = []
        if tables.contains(where: { $0.name == "schema_migrations" }) {
            done = try await target.database.read { tx in
                Set(try tx.rows("SELECT name FROM schema_migrations").map { try $0.string("name") })
            }
        } else if let table = tables.first {
            throw CannotStart(
                "\(to) has a table `\(table.name)` that is none of Usher's. Name a database that is empty. Nothing was changed."
            )
        }
        guard done != Set(migrations.map(\.name)) else { return }
        if tables.contains(where: { $0.name == "keys" }) {
            throw CannotStart(
                "\(to) was set up by another version than \(from). Name a database that is empty, or start this version on "
                    + "both once. Nothing was changed.")
        }
        try await target.database.migrate(migrations)
    }

    private func checkThatNoServerRuns(_ side: CopySide) async throws {
        let count = try await side.database.read { [dialect = side.dialect] tx in try dialect.servers(in: tx) }
        guard count > 0 else { return }
        throw CannotStart(
            "A server, or another `usher`, is connected to \(side.location). Stop every one first: what they wrote from "
                + "now on would not be copied. Nothing was changed.")
    }

    /// Keeps servers off the folders of SQLite files.
    private func lockFolders() throws -> [ServeLock] {
        var folders: Set<String> = []
        for case .sqlite(let path) in [from, to] {
            let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
            if DatabaseLook.isThere(folder + "/serve.lock") { folders.insert(folder) }
            if DataFolder(path: dataFolder).isThere { folders.insert(dataFolder) }
        }
        for folder in folders { try DataFolder(path: folder).inspect() }
        var locks: [ServeLock] = []
        do {
            for folder in folders.sorted() { locks.append(try ServeLock(folder: folder)) }
        } catch {
            for lock in locks { lock.release() }
            throw CannotStart("\(error) It must not run during a copy. Nothing was changed.")
        }
        return locks
    }

    private func with<Value>(
        _ location: DatabaseLocation, creating: Bool, _ body: (CopySide) async throws -> Value
    ) async throws -> Value {
        let database = try location.openForCopy(creating: creating)
        do {
            let value = try await body(CopySide(location: location, database: database))
            try await database.close()
            return value
        } catch {
            try? await database.close()
            throw PostgresAdvice.explained(error, location)
        }
    }
}

extension InstallationCopy.Report {
    fileprivate init(_ states: [String: TableState], wasDone: Bool) {
        self.init(
            tables: states.sorted { $0.key < $1.key }.map { ($0.key, $0.value.digest.count) }, wasDone: wasDone)
    }
}

extension DatabaseLocation {
    fileprivate func openForCopy(creating: Bool) throws -> any Database {
        let logger = Logger(label: "copy") { _ in SwiftLogNoOpLogHandler() }
        switch self {
        case .sqlite(let path):
            guard creating || DatabaseLook.isThere(path) else { throw CannotStart("There is no file \(path).") }
            return try SQLiteDatabase(path: path, creating: creating, logger: logger)
        case .postgres(let address):
            #if PostgreSQL
                return PostgresDatabase(address.called("usher-copy"), connections: 1, logger: logger)
            #else
                throw CannotStart("\(address) " + DatabaseLocation.needsPostgreSQL)
            #endif
        }
    }
}
