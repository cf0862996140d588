import Metrics
import MetricsTestKit
import Storage
import Testing

/// What the database counts of itself.
struct DatabaseMetricsTests {
    @Test func batchesAndRefusalsAreCounted() async throws {
        try await withFolder { folder in
            let metrics = TestMetrics()
            let database = try SQLiteDatabase(path: folder + "/test.db", maximumWaiting: 4, metrics: metrics)
            try await database.migrate(contractSchema)
            _ = try await together(on: database, count: 6) { number, tx in try tx.insert("\(number)") }
            #expect(database.waitingWrites == 0 && database.waitingReads == 0)
            #expect(metrics.totalCount("usher_database_refused_total", [("kind", "write")]) == 2)
            #expect(metrics.totalCount("usher_database_refused_total", [("kind", "read")]) == 0)
            let batches = try metrics.expectRecorder("usher_database_batch_writes").values
            #expect(batches.contains(4), "the four that had waited shared a commit: \(batches)")
            #expect(try metrics.expectTimer("usher_database_commit_duration_seconds").values.count == batches.count)
            #expect(metrics.totalCount("usher_database_failed_batches_total") == 0)
            try await database.close()
        }
    }

    @Test func aBatchThatIsUndoneIsCountedAsFailedAlone() async throws {
        try await withFolder { folder in
            let metrics = TestMetrics()
            let database = try SQLiteDatabase(path: folder + "/test.db", metrics: metrics)
            try await database.migrate(contractSchema)
            _ = try await together(on: database, count: 2) { _, tx in try tx.execute("ROLLBACK") }
            #expect(metrics.totalCount("usher_database_failed_batches_total") == 1)
            let batches = try metrics.expectRecorder("usher_database_batch_writes").values
            #expect(!batches.contains(2), "\(batches)")
            try await database.close()
        }
    }
}

extension TestMetrics {
    fileprivate func totalCount(_ label: String, _ dimensions: [(String, String)] = []) -> Int64? {
        try? expectCounter(label, dimensions).totalValue
    }
}
