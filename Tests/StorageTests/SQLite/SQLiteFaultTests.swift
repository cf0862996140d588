import Foundation
import Metrics
import MetricsTestKit
import Storage
import TestSupport
import Testing

/// Files that are not what they should be, and a lock that somebody else holds.
@Suite struct SQLiteFaultTests {
    /// A database on disk whose table of items is overwritten, and nothing else.
    private func withDamagedItems(_ body: (SQLiteDatabase) async throws -> Void) async throws {
        try await withFolder { folder in
            let path = folder + "/test.db"
            let sound = try SQLiteDatabase(path: path)
            try await sound.migrate(contractSchema)
            try await sound.write { try $0.insert("first") }
            let (page, size) = try await sound.read { tx in
                let root = try tx.row("SELECT rootpage FROM sqlite_schema WHERE name = 'item'")?.int64("rootpage")
                return (try #require(root), try #require(try tx.row("PRAGMA page_size")).int64("page_size"))
            }
            try await sound.close()
            let handle = try FileHandle(forUpdating: URL(filePath: path))
            try handle.seek(toOffset: UInt64((page - 1) * size))
            try handle.write(contentsOf: Data(repeating: 0xFF, count: Int(size)))
            try handle.close()
            let database = try SQLiteDatabase(path: path)
            try await body(database)
            try await database.close()
        }
    }

    @Test func damageThatAReadFindsEndsAllWrites() async throws {
        try await withDamagedItems { database in
            try await database.write { try $0.bump() }
            await #expect { try await database.names() } throws: { isDamaged($0) }
            await #expect { try await database.write { try $0.bump() } } throws: { isDamaged($0) }
            await #expect { try await database.probe() } throws: { isDamaged($0) }
            try await expectCounter(1, toBe: 1, in: database)
        }
    }

    @Test func damageThatAWriteFindsUndoesIt() async throws {
        try await withDamagedItems { database in
            await #expect {
                try await database.write { tx in
                    try tx.bump()
                    try tx.insert("second")
                }
            } throws: {
                isDamaged($0)
            }
            try await expectCounter(1, toBe: 0, in: database)
        }
    }

    /// SQLite would remove the log, and with it what was answered.
    @Test(arguments: [true, false])
    func anEmptyFileBesideALogIsLeftAlone(isThere: Bool) async throws {
        try await withFolder { folder in
            let path = folder + "/test.db"
            if isThere { _ = FileManager.default.createFile(atPath: path, contents: nil) }
            let log = Data(repeating: 7, count: 4152)
            try log.write(to: URL(filePath: path + "-wal"))
            #expect { try SQLiteDatabase(path: path) } throws: { "\($0)".contains("usher restore") }
            #expect(try Data(contentsOf: URL(filePath: path + "-wal")) == log)
            #expect(FileManager.default.fileExists(atPath: path) == isThere)
        }
    }

    /// Nobody waits for a lock twice: those that queued behind a write that waited in vain are refused with it.
    @Test func aLockThatIsNotGivenUpRefusesAllThatWaited() async throws {
        try await withFolder { folder in
            let metrics = TestMetrics()
            let ours = try SQLiteDatabase(path: folder + "/test.db", metrics: metrics)
            try await ours.migrate(contractSchema)
            let theirs = try SQLiteDatabase(path: folder + "/test.db")
            let (held, release) = (Signal(), Signal())
            async let holding: Void = theirs.write { _ in
                held.send()
                release.wait()
            }
            await held.arrival()
            let writes = (0..<4).map { number in
                Task.immediate { try await ours.write { tx in try tx.insert("\(number)") } }
            }
            for write in writes {
                let result = await write.result
                #expect { try result.get() } throws: { isUnavailable($0) }
            }
            #expect(try metrics.expectCounter("usher_database_failed_batches_total").totalValue == 1)
            release.send()
            try await holding
            try await ours.write { try $0.bump() }
            try await expectCounter(1, toBe: 1, in: ours)
            try await expectNames([], in: ours)
            try await ours.close()
            try await theirs.close()
        }
    }
}

extension Transaction {
    fileprivate func bump() throws { try execute("UPDATE counter SET value = value + 1 WHERE id = 1") }
}

private func isDamaged(_ error: any Error) -> Bool {
    if case .damaged? = error as? StorageError { true } else { false }
}
