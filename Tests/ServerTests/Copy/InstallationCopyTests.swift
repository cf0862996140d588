import Storage
import TestSupport
import Testing

@testable import Server

@Suite(.enabled(if: DatabaseKind.isSQLite, "brings databases of its own; once is enough"))
struct InstallationCopyTests {
    @Test(arguments: CopiedInstallation.ways)
    func thereAndBackNothingIsLostOrChanged(way: (DatabaseKind, DatabaseKind)) async throws {
        let copied = try await CopiedInstallation(way)
        try await copied.use(copied.source) { try await OddRows.fill($0) }
        let before = try await copied.state(copied.source)
        let report = try await copied.copy()
        #expect(!report.wasDone)
        #expect(try await copied.state(copied.target) == before)
        let back = try TestDatabase(way.0)
        try await copied.copy(copied.target, back)
        #expect(try await copied.state(back) == before)
        #expect(before["users"]?.digest.count == OddRows.texts.count - 1)
        #expect(before["webhooks"]?.digest.count == OddRows.texts.count - 1)
    }

    @Test(arguments: CopiedInstallation.ways)
    func noIDIsGivenOutAgainAfterACopy(way: (DatabaseKind, DatabaseKind)) async throws {
        let copied = try await CopiedInstallation(way)
        try await copied.use(copied.source) { try await OddRows.fill($0) }
        try await copied.copy()
        let next = try await copied.use(copied.target) { database in
            try await database.write { tx in
                try tx.row(
                    """
                    INSERT INTO users (email, email_key, name, role, status, created_at, updated_at)
                    VALUES ('new', 'new', 'New', 'OWNER', 'ACTIVE', 0, 0) RETURNING id
                    """)?.int64("id")
            }
        }
        #expect(next == Int64(OddRows.texts.count + 1))
    }

    /// The list of tables is the database's own, so that none can be forgotten.
    @Test(arguments: CopiedInstallation.ways)
    func aTableThatNobodyHasHeardOfIsCopiedToo(way: (DatabaseKind, DatabaseKind)) async throws {
        let tables = [
            "CREATE TABLE \"Odd name\" (\"from\" TEXT NOT NULL, place BIGINT NOT NULL, PRIMARY KEY (\"from\", place))",
            "CREATE TABLE a_first (id BIGINT PRIMARY KEY, user_id BIGINT REFERENCES users (id))",
            "CREATE TABLE keyless (value BIGINT)",
        ]
        let copied = try await CopiedInstallation(way, adding: [Migration("more", sqlite: tables, postgres: tables)])
        try await copied.use(copied.source) { database in
            try await OddRows.fill(database)
            try await database.write { tx in
                for number in 0..<1_200 {
                    try tx.execute("INSERT INTO \"Odd name\" VALUES ($1, $2)", "\(number / 7)", number)
                }
                try tx.execute("INSERT INTO a_first SELECT id, id FROM users")
                try tx.execute("INSERT INTO keyless VALUES (1), (1), (NULL)")
            }
        }
        let report = try await copied.copy()
        let before = try await copied.state(copied.source)
        #expect(try await copied.state(copied.target) == before)
        #expect(before["Odd name"]?.digest.count == 1_200 && before["keyless"]?.digest.count == 3)
        #expect(report.tables.map(\.name).contains("a_first"))
    }

    @Test(arguments: CopiedInstallation.ways)
    func aCopyThatIsDoneSaysSo(way: (DatabaseKind, DatabaseKind)) async throws {
        let copied = try await CopiedInstallation(way)
        try await copied.use(copied.source) { try await OddRows.fill($0) }
        try await copied.copy()
        #expect(try await copied.copy().wasDone)
    }

    @Test(arguments: CopiedInstallation.ways)
    func aTargetInUseIsLeftAsItIs(way: (DatabaseKind, DatabaseKind)) async throws {
        let copied = try await CopiedInstallation(way)
        try await copied.use(copied.source) { try await OddRows.fill($0) }
        try await copied.use(copied.target) { database in
            try await database.migrate(copied.migrations)
            try await database.write { tx in
                _ = try tx.execute(
                    "INSERT INTO keys (purpose, kid, sealed, created_at) VALUES ('secret', 'b', $1, 1)", [1])
            }
        }
        let before = try await copied.state(copied.target)
        await #expect { try await copied.copy() } throws: { "\($0)".contains("is in use: the table `keys`") }
        #expect(try await copied.state(copied.target) == before)
    }

    @Test(arguments: CopiedInstallation.ways)
    func aDatabaseOfAnotherProgramIsLeftAsItIs(way: (DatabaseKind, DatabaseKind)) async throws {
        let copied = try await CopiedInstallation(way)
        try await copied.use(copied.source) { try await OddRows.fill($0) }
        try await copied.use(copied.target) { database in
            try await database.write { tx in _ = try tx.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY)") }
        }
        await #expect { try await copied.copy() } throws: {
            "\($0)".contains("has a table `orders` that is none of Usher's")
        }
        #expect(try await copied.state(copied.target).keys.sorted() == ["orders"])
    }

    @Test func aSourceWithoutUsherIsNamed() async throws {
        let copied = try await CopiedInstallation((.sqlite, .sqlite))
        await #expect { try await copied.copy(copied.target, copied.source) } throws: {
            "\($0)".contains("There is no file")
        }
        try await copied.use(copied.target) { try await $0.write { _ in } }
        await #expect { try await copied.copy(copied.target, copied.source) } throws: {
            "\($0)".contains("There is no Usher in sqlite:")
        }
    }

    @Test(arguments: DatabaseKind.available)
    func aTextThatIsNoTextIsNamedAndNothingIsCopied(kind: DatabaseKind) async throws {
        let copied = try await CopiedInstallation((.sqlite, kind))
        try await copied.use(copied.source) { database in
            try await OddRows.fill(database)
            try await database.write { tx in
                _ = try tx.execute("UPDATE users SET name = CAST(x'41ff42' AS TEXT) WHERE id = 3")
            }
        }
        await #expect { try await copied.copy() } throws: {
            "\($0)".contains("`name` of the table `users` (id 3) is no text in UTF-8")
        }
        #expect(try await copied.state(copied.target)["keys"]?.digest.count == 0)
    }

    @Test(.enabled(if: DatabaseKind.available.contains(.postgres)))
    func aCharacterThatPostgreSQLCannotStoreIsNamed() async throws {
        let copied = try await CopiedInstallation((.sqlite, .postgres))
        try await copied.use(copied.source) { database in
            try await OddRows.fill(database)
            try await database.write { tx in _ = try tx.execute("UPDATE users SET name = 'a' || char(0) WHERE id = 2") }
        }
        await #expect { try await copied.copy() } throws: {
            "\($0)".contains("`name` of the table `users` (id 2) has the character U+0000")
        }
        #expect(try await copied.state(copied.target)["keys"]?.digest.count == 0)
    }

    @Test(arguments: CopiedInstallation.ways)
    func aHundredThousandRowsAreCopiedWithTheirProgress(way: (DatabaseKind, DatabaseKind)) async throws {
        let copied = try await CopiedInstallation(way)
        try await copied.use(copied.source) { database in
            try await OddRows.fill(database)
            try await database.write { tx in
                _ = try tx.execute(
                    """
                    INSERT INTO audit (at, action, outcome, caller_kind, request_id, changes)
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
                    SELECT n, 'login', 'done', 'anonymous', 'request', '[]' FROM numbers
                    """)
            }
        }
        let told = Told()
        let report = try await copied.copy(nil, nil, told.add)
        #expect(report.tables.first { $0.name == "audit" }?.rows == 100_000)
        #expect(told.all.contains { $0.hasPrefix("Copying audit: 50000 of ") }, "\(told.all.prefix(5))")
        #expect(told.all.contains("Checking audit: 100000"))
        #expect(told.all.last == "Committing")
    }
}
