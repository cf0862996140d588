#if PostgreSQL
    import Foundation
    import Storage
    import Synchronization
    import TestSupport
    import Testing

    /// Connections that break, in the middle of a transaction and at its end.
    @Suite(.enabled(if: DatabaseKind.available.contains(.postgres), "USHER_TEST_POSTGRES names no server"))
    struct PostgresFaultTests {
        /// A database, and a way to it that can be cut.
        private func withProxy(_ body: (PostgresDatabase, CuttableProxy, any Database) async throws -> Void)
            async throws
        {
            let place = try TestDatabase(.postgres)
            let direct = try place.open()
            try await direct.migrate(contractSchema)
            let url = try #require(URLComponents(string: place.url))
            let proxy = try CuttableProxy(to: try #require(url.port))
            var way = url
            way.port = proxy.port
            let database = PostgresDatabase(
                try PostgresAddress(parsing: try #require(way.string)), connections: 4)
            try await body(database, proxy, direct)
            proxy.close()
            try await database.close()
            try await direct.close()
        }

        @Test func whatBrokeBeforeItsEndRunsAgain() async throws {
            try await withProxy { database, proxy, direct in
                let attempts = Attempts()
                try await database.write { tx in
                    if attempts.next() == 1 { proxy.become(.losingTheQuestion("INSERT INTO item")) }
                    try tx.insert("a")
                }
                #expect(attempts.count == 2)
                try await expectNames(["a"], in: direct)
            }
        }

        @Test func aCommitThatNeverArrivedIsMadeOnce() async throws {
            try await withProxy { database, proxy, direct in
                let attempts = Attempts()
                try await database.write { tx in
                    try tx.insert("a\(attempts.next())")
                    if attempts.count == 1 { proxy.become(.losingTheQuestion("COMMIT")) }
                }
                #expect(attempts.count == 2)
                try await expectNames(["a2"], in: direct)
            }
        }

        @Test func aCommitWhoseAnswerWasLostIsNotMadeAgain() async throws {
            try await withProxy { database, proxy, direct in
                let attempts = Attempts()
                let answer = try await database.write { tx in
                    try tx.insert("a\(attempts.next())")
                    proxy.become(.losingTheAnswer(to: "COMMIT"))
                    return attempts.count
                }
                #expect(answer == 1)
                #expect(attempts.count == 1)
                try await expectNames(["a1"], in: direct)
            }
        }

        @Test func withoutAServerCallsAreRefusedUntilItIsBack() async throws {
            try await withProxy { database, proxy, direct in
                try await database.write { try $0.insert("a") }
                proxy.become(.cut)
                await #expect { try await database.write { try $0.insert("b") } } throws: { isUnavailable($0) }
                await #expect { try await database.names() } throws: { isUnavailable($0) }
                await #expect { try await database.probe() } throws: { isUnavailable($0) }
                proxy.become(.open)
                _ = try await eventually("the database is back") { try? await database.probe() }
                try await database.write { try $0.insert("c") }
                try await expectNames(["a", "c"], in: direct)
            }
        }

        /// Somebody ends connections all the time, in whatever they are doing but finding out.
        @Test func noWriteIsLostOrDoubledWhileConnectionsAreEnded() async throws {
            try await withProxy { database, _, direct in
                let killing = Task {
                    while !Task.isCancelled {
                        _ = try await direct.read { tx in
                            try tx.rows(
                                """
                                SELECT pg_terminate_backend(pid) AS ended FROM (
                                    SELECT pid FROM pg_stat_activity
                                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                                        AND query NOT LIKE '%pg_terminate%' AND query NOT LIKE '%pg_xact_status%'
                                    ORDER BY random() LIMIT 1
                                ) AS victim
                                """)
                        }
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
                let answered = try await withThrowingTaskGroup(of: [String].self) { group in
                    for writer in 0..<8 {
                        group.addTask {
                            var written: [String] = []
                            for number in 0..<15 {
                                let name = "\(writer)-\(number)"
                                do {
                                    try await database.write { tx in
                                        try tx.execute("UPDATE counter SET value = value + 1 WHERE id = 1")
                                        try tx.insert(name)
                                    }
                                    written.append(name)
                                } catch StorageError.unavailable {
                                    continue
                                }
                            }
                            return written
                        }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                killing.cancel()
                _ = try? await killing.value
                let stored = try await direct.names().compactMap(\.self)
                #expect(Set(answered) == Set(stored), "what was answered is there, and what was refused is not")
                #expect(stored.count == Set(stored).count)
                #expect(try await direct.counter(1) == stored.count)
                #expect(!answered.isEmpty)
            }
        }

        @Test func twoThatWaitForEachOtherBothSucceed() async throws {
            let place = try TestDatabase(.postgres)
            let database = try place.open()
            try await database.migrate(contractSchema)
            let (one, two) = (Signal(), Signal())
            let attempts = Attempts()
            @Sendable func add(_ first: Int, then second: Int, mine: Signal, theirs: Signal) async throws {
                try await database.write { tx in
                    try tx.execute("UPDATE counter SET value = value + 1 WHERE id = $1", first)
                    if attempts.next() <= 2 {
                        mine.send()
                        theirs.wait()
                    }
                    try tx.execute("UPDATE counter SET value = value + 1 WHERE id = $1", second)
                }
            }
            async let left: Void = add(1, then: 2, mine: one, theirs: two)
            async let right: Void = add(2, then: 1, mine: two, theirs: one)
            _ = try await (left, right)
            try await expectCounter(1, toBe: 2, in: database)
            try await expectCounter(2, toBe: 2, in: database)
            #expect(attempts.count == 3)
            try await database.close()
        }

        @Test func aStatementOfAnOlderSchemaRunsAgain() async throws {
            let place = try TestDatabase(.postgres)
            let (database, other) = (try place.open(), try place.open())
            try await database.migrate(contractSchema)
            @Sendable func columns() async throws -> Int {
                try await database.write { tx in
                    _ = try tx.rows("SELECT * FROM item")
                    return try tx.rows("SELECT * FROM counter").count
                }
            }
            for _ in 0..<6 { #expect(try await columns() == 2) }
            let more = Migration("more", sqlite: [], postgres: ["ALTER TABLE counter ADD COLUMN more BIGINT"])
            try await other.migrate(contractSchema + [more])
            for _ in 0..<24 { #expect(try await columns() == 2) }
            try await database.close()
            try await other.close()
        }
    }

    /// How often a body has run; it may run again.
    private final class Attempts: Sendable {
        private let number = Mutex(0)

        var count: Int { number.withLock(\.self) }

        func next() -> Int {
            number.withLock { number in
                number += 1
                return number
            }
        }
    }
#endif
