import Storage
import TestSupport
import Testing

@Suite struct MigrationContractTests {
    private static let note = Migration(
        "note",
        sqlite: ["CREATE TABLE note (id INTEGER PRIMARY KEY)", "INSERT INTO note (id) VALUES (1)"],
        postgres: ["CREATE TABLE note (id BIGINT PRIMARY KEY)", "INSERT INTO note (id) VALUES (1)"])

    @Test(arguments: DatabaseFactory.all)
    func eachMigrationRunsOnce(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            try await database.migrate(contractSchema)
            try await database.migrate(contractSchema + [Self.note])
            try await database.migrate(contractSchema + [Self.note])
            let names = try await database.read { tx in
                try tx.rows("SELECT name FROM schema_migrations ORDER BY name").map { try $0.string("name") }
            }
            #expect(names == ["counter", "item", "note"])
            #expect(try await database.read { try $0.rows("SELECT id FROM note").count } == 1)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func twoProcessesMigrateAtOnce(_ factory: DatabaseFactory) async throws {
        let place = try factory.make()
        let databases = try (0..<4).map { _ in try place.open() }
        try await withThrowingTaskGroup { group in
            for database in databases { group.addTask { try await database.migrate(contractSchema) } }
            try await group.waitForAll()
        }
        #expect(try await databases[3].read { try $0.rows("SELECT id FROM counter").count } == 2)
        for database in databases { try await database.close() }
    }

    @Test(arguments: DatabaseFactory.all)
    func aDatabaseOfANewerVersionIsRefused(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            await #expect(throws: StorageError.newerSchema("item")) {
                try await database.migrate([contractSchema[0], Self.note])
            }
            await #expect { try await database.read { try $0.rows("SELECT id FROM note") } } throws: { isMisuse($0) }
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aMigrationThatFailsLeavesTheSchemaAsItWas(_ factory: DatabaseFactory) async throws {
        let broken = Migration("broken", sqlite: ["CREATE TABEL x (id)"], postgres: ["CREATE TABEL x (id)"])
        try await withDatabase(factory) { database in
            await #expect { try await database.migrate(contractSchema + [Self.note, broken]) } throws: { error in
                isMisuse(error) && "\(error)".contains("`broken`")
            }
            try await database.migrate(contractSchema)
            await #expect { try await database.read { try $0.rows("SELECT id FROM note") } } throws: { isMisuse($0) }
            try await database.migrate(contractSchema + [Self.note])
            #expect(try await database.read { try $0.rows("SELECT id FROM note").count } == 1)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func foreignKeysHoldAfterMigrations(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            await #expect {
                try await database.write { try $0.execute("INSERT INTO item (counter_id) VALUES (99)") }
            } throws: {
                isConstraint($0)
            }
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func theVersionChangesWhenAnotherProcessWrites(_ factory: DatabaseFactory) async throws {
        let place = try factory.make()
        let (database, other) = (try place.open(), try place.open())
        try await database.migrate(contractSchema)
        let before = try await database.version()
        // On a server it also changes when another database is written to.
        if factory.kind == .sqlite { #expect(try await database.version() == before) }
        try await other.write { try $0.insert("a") }
        let after = try await database.version()
        #expect(after != before)
        try await expectNames(["a"], in: database)
        if factory.kind == .sqlite { #expect(try await database.version() == after) }
        try await database.close()
        try await other.close()
    }
}
