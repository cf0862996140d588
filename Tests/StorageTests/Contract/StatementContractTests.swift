import Storage
import Testing

@Suite struct StatementContractTests {
    @Test(arguments: DatabaseFactory.all)
    func valuesComeBackAsTheyWereStored(_ factory: DatabaseFactory) async throws {
        struct Item: Equatable {
            var name: String?
            var number: Int64?
            var bytes: [UInt8]?
        }
        let items = [
            Item(name: nil, number: nil, bytes: nil),
            Item(name: "", number: 0, bytes: []),
            Item(name: "Zoë 🪑 'quoted' $1", number: .max, bytes: [0, 1, 255]),
            Item(
                name: String(repeating: "long ", count: 5000), number: .min, bytes: Array(repeating: 7, count: 100_000)),
        ]
        try await withDatabase(factory) { database in
            try await database.write { tx in
                for item in items {
                    try tx.execute(
                        "INSERT INTO item (name, number, bytes) VALUES ($1, $2, $3)", item.name, item.number, item.bytes
                    )
                }
            }
            let stored = try await database.read { tx in
                try tx.rows("SELECT name, number, bytes FROM item ORDER BY id").map { row in
                    Item(
                        name: try row.optionalString("name"), number: try row.optionalInt64("number"),
                        bytes: try row.optionalBytes("bytes"))
                }
            }
            #expect(stored == items)
        }
    }

    /// In SQLite `$2` is a name, and the places of names are counted by first appearance.
    @Test(arguments: DatabaseFactory.all)
    func argumentsAreFoundByNumberWhereverTheyStand(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            try await database.write { tx in
                try tx.execute("UPDATE counter SET value = $2 WHERE id = $1", 1, 50)
                try tx.execute("UPDATE counter SET value = value + $2 + $2 WHERE id = $1 AND $2 > 0", 2, 5)
            }
            try await expectCounter(1, toBe: 50, in: database)
            try await expectCounter(2, toBe: 10, in: database)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func theTenthArgumentIsNotTheFirst(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let sum = try await database.read { tx in
                let row = try tx.row(
                    """
                    SELECT 1000 * $11 + 100 * $10 + 10 * $2 + $1 + 0 * ($3 + $4 + $5 + $6 + $7 + $8 + $9) AS sum
                    FROM counter WHERE id = 1
                    """, 1, 2, 0, 0, 0, 0, 0, 0, 0, 3, 4)
                return try #require(row).int("sum")
            }
            #expect(sum == 4321)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aWrongNumberOfArgumentsIsRefused(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            await #expect {
                try await database.write { try $0.execute("DELETE FROM item WHERE number = $1") }
            } throws: {
                isMisuse($0)
            }
            await #expect {
                try await database.write { try $0.execute("DELETE FROM item WHERE number = $1", 1, 2) }
            } throws: {
                isMisuse($0)
            }
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aStatementCountsTheRowsItChangedItself(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let counts = try await database.write { tx in
                [
                    try tx.execute("INSERT INTO item (name) VALUES ('a'), ('b'), ('c')"),
                    try tx.execute("INSERT INTO item (name) VALUES ('a') ON CONFLICT (name) DO NOTHING"),
                    try tx.execute("UPDATE item SET number = 1 WHERE name <> 'a'"),
                    try tx.rows("SELECT id FROM item").count,
                    try tx.execute("CREATE TABLE other (id INTEGER)"),
                    try tx.execute("DELETE FROM item WHERE number = 2"),
                    tx.unreportedRows,
                ]
            }
            #expect(counts == [3, 0, 2, 3, 0, 0, 5])
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func anInsertReturnsItsRow(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let row = try await database.write { tx in
                let row = try tx.row("INSERT INTO item (name) VALUES ($1) RETURNING id, name, number", "a")
                #expect(tx.unreportedRows == 1)
                return row
            }
            #expect(try row?.int("id") == 1)
            #expect(try row?.string("name") == "a")
            #expect(try row?.optionalInt("number") == nil)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func anIdIsNeverUsedAgain(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let ids = try await database.write { tx in
                let first = try tx.row("INSERT INTO item (name) VALUES ('a') RETURNING id")?.int("id")
                try tx.execute("DELETE FROM item")
                let second = try tx.row("INSERT INTO item (name) VALUES ('b') RETURNING id")?.int("id")
                return [first, second]
            }
            #expect(ids == [1, 2])
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aMissingColumnOrAnotherTypeIsAnError(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let row = try #require(try await database.read { try $0.row("SELECT id, value FROM counter WHERE id = 1") })
            #expect(throws: StorageError.unexpectedColumn("name")) { try row.value("name") }
            #expect(throws: StorageError.unexpectedColumn("value")) { try row.string("value") }
            #expect(try row.int("value") == 0)
            #expect(try row.int("id") == 1)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func schemaRulesAndWrongStatementsAreToldApart(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let broken = [
                "INSERT INTO counter (id, value) VALUES (1, 1)", "UPDATE counter SET value = -1 WHERE id = 1",
                "INSERT INTO item (counter_id) VALUES (99)", "INSERT INTO counter (id, value) VALUES (9, NULL)",
            ]
            for sql in broken {
                await #expect { try await database.write { try $0.execute(sql) } } throws: { isConstraint($0) }
            }
            for sql in ["SELEKT 1", "SELECT nothing FROM counter", "INSERT INTO nowhere VALUES (1)"] {
                await #expect { try await database.write { try $0.execute(sql) } } throws: { isMisuse($0) }
            }
            try await expectCounter(1, toBe: 0, in: database)
        }
    }
}
