import Foundation
import GRDB
import Testing

@testable import Storage

@Suite struct SQLiteDurabilityTests {
    @Test func everyCommitWaitsForTheDisk() async throws {
        try await withSQLite { database in
            let level = try await database.write { try $0.row("PRAGMA synchronous")?.int("synchronous") }
            #expect(level == 2)
            let mode = try await database.write { try $0.row("PRAGMA journal_mode")?.string("journal_mode") }
            #expect(mode == "wal")
        }
    }

    @Test(arguments: ["OFF", "NORMAL"])
    func aConnectionThatDoesNotWaitIsRefused(_ level: String) async throws {
        try await withFolder { folder in
            let queue = try DatabaseQueue(path: folder + "/test.db")
            try await queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = \(level)")
                #expect(throws: StorageError.self) { try SQLiteSettings.checkDurability(of: database) }
                try SQLiteSettings.makeDurable(database)
                try SQLiteSettings.checkDurability(of: database)
            }
            try queue.close()
        }
    }

    /// 100 MB through a log of 32, by writers that never pause, beside readers that never pause.
    @Test func theLogDoesNotGrowWithoutEnd() async throws {
        try await withSQLite { database in
            let bytes = Array(repeating: UInt8(1), count: 50_000)
            let longest = try await withThrowingTaskGroup(of: Int.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        var longest = 0
                        for turn in 0..<250 {
                            try await database.write { tx in
                                _ = try tx.execute(
                                    "INSERT INTO item (name, bytes) VALUES ($1, $2)", "\(writer) \(turn)", bytes)
                            }
                            longest = max(longest, try size(of: database.path + "-wal"))
                        }
                        return longest
                    }
                }
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<1000 { _ = try await database.counter(1) }
                        return 0
                    }
                }
                return try await group.reduce(0, max)
            }
            #expect(longest > 1 << 20)
            #expect(longest < 64 << 20)
            #expect(try await database.read { try $0.row("SELECT COUNT(*) AS items FROM item")?.int("items") } == 2000)
        }
    }
}

private func size(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.size] as? Int)
}
