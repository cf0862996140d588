import Storage
import Testing

/// Two databases on one file behave like two processes: they share nothing but the file.
@Suite struct TwoProcessesTests {
    @Test func theWritesOfBothArrive() async throws {
        try await withFolder { folder in
            let databases = try (0..<2).map { _ in try SQLiteDatabase(path: folder + "/test.db") }
            try await databases[0].migrate(contractSchema)
            try await withThrowingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask {
                        for _ in 0..<25 {
                            try await databases[writer % 2].write { tx in
                                _ = try tx.execute("UPDATE counter SET value = value + 1 WHERE id = 1")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await expectCounter(1, toBe: 200, in: databases[0])
            try await expectCounter(1, toBe: 200, in: databases[1])
            for database in databases { try await database.close() }
        }
    }

    @Test func ourOwnWritesDoNotChangeTheVersion() async throws {
        try await withFolder { folder in
            let (ours, theirs) = (
                try SQLiteDatabase(path: folder + "/test.db"), try SQLiteDatabase(path: folder + "/test.db")
            )
            try await ours.migrate(contractSchema)
            let first = try await ours.version()
            try await ours.write { try $0.insert("ours") }
            #expect(try await ours.version() == first)
            try await theirs.write { try $0.insert("theirs") }
            // Our write comes before our look at the version, and must not hide theirs.
            try await ours.write { try $0.insert("ours again") }
            let second = try await ours.version()
            #expect(second != first)
            try await ours.write { try $0.insert("ours once more") }
            #expect(try await ours.version() == second)
            try await ours.close()
            try await theirs.close()
        }
    }
}
