import Storage

/// How many durable writes of one row the storage layer does: each writer waits for one before it does the next, so a
/// single writer has a commit for each write, and several share theirs.
struct CommitRate {
    let folder: String
    let writers: Int
    let duration: Duration

    /// Writes in a second, all writers together.
    func measure() async throws -> Double {
        let database = try SQLiteDatabase(path: folder + "/commit.db")
        try await database.migrate([Self.schema])
        let start = ContinuousClock.now
        let end = start + duration
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        try await database.write { tx in
                            _ = try tx.execute("INSERT INTO item (name) VALUES ($1)", "made by writer \(writer)")
                        }
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try await database.close()
        return Double(count) / seconds
    }

    private static let schema = Migration(
        "item", sqlite: ["CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)"], postgres: [])
}
