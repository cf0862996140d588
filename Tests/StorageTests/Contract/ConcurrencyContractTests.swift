import Storage
import TestSupport
import Testing

@Suite struct ConcurrencyContractTests {
    @Test(arguments: DatabaseFactory.all)
    func noIncrementOf64WritersIsLost(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            try await withThrowingTaskGroup { group in
                for writer in 0..<64 {
                    group.addTask {
                        for turn in 0..<20 {
                            // A third of the writes throws, after having written.
                            try? await database.write { tx in
                                try tx.execute("UPDATE counter SET value = value + 1 WHERE id = 1")
                                if (writer + turn).isMultiple(of: 3) { throw Refusal() }
                                try tx.execute("INSERT INTO item (number) VALUES ($1)", writer)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let kept = (0..<64).map { writer in (0..<20).count { !(writer + $0).isMultiple(of: 3) } }.reduce(0, +)
            try await expectCounter(1, toBe: kept, in: database)
            #expect(try await database.read { try $0.row("SELECT COUNT(*) AS items FROM item")?.int("items") } == kept)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aReadSeesEveryWriteThatWasAnswered(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<50 {
                            let written = try await database.write { tx in
                                try tx.row("UPDATE counter SET value = value + 1 WHERE id = 1 RETURNING value")?.int(
                                    "value")
                            }
                            let read = try await database.counter(1)
                            #expect(read >= (try #require(written)))
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func oneFailureAmongManyFailsAlone(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let results = try await together(on: database, count: 20) { number, tx in
                try tx.insert("\(number)")
                switch number {
                case 3: throw Refusal()
                case 7: try tx.insert("\(number)")
                case 11: _ = try? tx.execute("SELEKT")
                default: return
                }
            }
            let failed = results.indices.filter { (try? results[$0].get()) == nil }
            #expect(failed == [3, 7, 11])
            #expect(throws: Refusal()) { try results[3].get() }
            #expect { try results[7].get() } throws: { isConstraint($0) }
            #expect { try results[11].get() } throws: { isMisuse($0) }
            let names = Set(try await database.names().compactMap(\.self))
            #expect(names == Set((0..<20).filter { ![3, 7, 11].contains($0) }.map { "\($0)" }))
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func aCancelledCallersWriteHappens(_ factory: DatabaseFactory) async throws {
        try await withDatabase(factory) { database in
            let (started, cancelled) = (Signal(), Signal())
            let writing = Task {
                try await database.write { tx in
                    started.send()
                    cancelled.wait()
                    try tx.insert("a")
                }
            }
            await started.arrival()
            writing.cancel()
            cancelled.send()
            try await writing.value
            try await expectNames(["a"], in: database)
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func closingMakesTheWritesThatWaitAndRefusesOthers(_ factory: DatabaseFactory) async throws {
        let place = try factory.make()
        let database = try place.open()
        try await database.migrate(contractSchema)
        let (started, release) = (Signal(), Signal())
        let writes = (0..<3).map { number in
            Task.immediate {
                try await database.write { tx in
                    if number == 0 {
                        started.send()
                        release.wait()
                    }
                    try tx.insert("\(number)")
                }
            }
        }
        await started.arrival()
        let closing = Task.immediate { try await database.close() }
        release.send()
        for write in writes { try await write.value }
        try await closing.value
        await #expect { try await database.write { try $0.insert("late") } } throws: { isUnavailable($0) }
        await #expect { try await database.names() } throws: { isUnavailable($0) }
        await #expect { try await database.version() } throws: { isUnavailable($0) }
        await #expect { try await database.migrate(contractSchema) } throws: { isUnavailable($0) }

        let again = try place.open()
        #expect(Set(try await again.names()) == ["0", "1", "2"])
        try await again.close()
    }
}

/// Sends `count` writes while the writer is busy, so that a driver that commits in groups makes one batch of them.
func together(
    on database: any Database, count: Int, _ body: @escaping @Sendable (Int, Transaction) throws -> Void
) async throws -> [Result<Void, any Error>] {
    let (started, release) = (Signal(), Signal())
    let first = Task.immediate {
        try await database.write { _ in
            started.send()
            release.wait()
        }
    }
    await started.arrival()
    let others = (0..<count).map { number in
        Task.immediate { try await database.write { tx in try body(number, tx) } }
    }
    release.send()
    try await first.value
    var results: [Result<Void, any Error>] = []
    for other in others { results.append(await other.result) }
    return results
}
