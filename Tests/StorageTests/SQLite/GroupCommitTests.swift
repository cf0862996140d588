import Storage
import Synchronization
import Testing

@Suite struct GroupCommitTests {
    /// A trigger that rolls back takes the batch's transaction away; what ran after it would commit on its own.
    @Test func aBatchThatSQLiteRolledBackLeavesNothing() async throws {
        try await withSQLite { database in
            try await database.write { tx in
                _ = try tx.execute(
                    """
                    CREATE TRIGGER bomb BEFORE INSERT ON item WHEN NEW.name = 'bomb'
                    BEGIN SELECT RAISE(ROLLBACK, 'boom'); END
                    """)
            }
            let ran = Mutex<[Int]>([])
            let results = try await together(on: database, count: 8) { number, tx in
                ran.withLock { $0.append(number) }
                if number == 2 { throw Refusal() }
                try tx.insert("\(number)")
                guard number == 4 else { return }
                // Not even by a caller that swallows everything.
                try? tx.savepoint { try tx.insert("bomb") }
                try? tx.insert("alone")
                try? tx.savepoint { try tx.insert("alone too") }
            }
            for result in results { #expect { try result.get() } throws: { isUnavailable($0) } }
            #expect(ran.withLock { $0 } == [0, 1, 2, 3, 4])
            try await expectNames([], in: database)

            try await database.write { try $0.insert("next") }
            try await expectNames(["next"], in: database)
        }
    }

    @Test func aFullDiskLeavesNothingOfItsBatch() async throws {
        try await withSQLite { database in
            try await database.write { tx in
                let pages = try #require(try tx.row("PRAGMA page_count")).int("page_count")
                _ = try tx.rows("PRAGMA max_page_count = \(pages + 20)")
            }
            let results = try await together(on: database, count: 8) { number, tx in
                let size = number == 5 ? 1_000_000 : 10
                try tx.execute(
                    "INSERT INTO item (name, bytes) VALUES ($1, $2)", "\(number)",
                    Array(repeating: UInt8(1), count: size))
            }
            for result in results { #expect { try result.get() } throws: { isUnavailable($0) } }
            try await expectNames([], in: database)

            try await database.write { try $0.insert("small") }
            try await expectNames(["small"], in: database)
        }
    }

    /// One transaction for all: they see each other's rows before any of them is answered.
    @Test func waitingWritesShareATransaction() async throws {
        try await withSQLite { database in
            let results = try await together(on: database, count: 10) { number, tx in
                try tx.insert("\(number)")
                #expect(try tx.rows("SELECT id FROM item").count == number + 1)
            }
            #expect(results.allSatisfy { (try? $0.get()) != nil })
            #expect(try await database.names().count == 10)
        }
    }

    @Test func aStatementThatEndsTheTransactionFailsTheBatch() async throws {
        try await withSQLite { database in
            let results = try await together(on: database, count: 3) { number, tx in
                if number == 1 { try tx.execute("ROLLBACK") }
                try tx.insert("\(number)")
            }
            for result in results { #expect { try result.get() } throws: { isUnavailable($0) } }
            try await expectNames([], in: database)
        }
    }

    @Test func aFullQueueRefusesAtOnce() async throws {
        try await withFolder { folder in
            let database = try SQLiteDatabase(path: folder + "/test.db", maximumWaiting: 4)
            try await database.migrate(contractSchema)
            let results = try await together(on: database, count: 6) { number, tx in try tx.insert("\(number)") }
            let refused = results.indices.filter { (try? results[$0].get()) == nil }
            #expect(refused == [4, 5])
            for number in refused { #expect { try results[number].get() } throws: { isUnavailable($0) } }
            try await expectNames(["0", "1", "2", "3"], in: database)
            try await database.close()
        }
    }

    @Test func moreWritesThanABatchHoldsAreAllMade() async throws {
        try await withSQLite { database in
            let results = try await together(on: database, count: 600) { number, tx in try tx.insert("\(number)") }
            #expect(results.allSatisfy { (try? $0.get()) != nil })
            #expect(try await database.names() == (0..<600).map { "\($0)" })
        }
    }
}
