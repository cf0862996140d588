import GRDB

/// Several writes in one transaction of SQLite, each in a savepoint of its own, answered together when it is on disk.
///
/// A write that throws takes only itself back. When SQLite rolls the transaction back, nothing of any write remains,
/// and all of them are answered ``StorageError/unavailable(_:)``, also those that never ran.
struct WriteBatch {
    private let database: GRDB.Database
    private let metrics: DatabaseMetrics

    init(on database: GRDB.Database, _ metrics: DatabaseMetrics) {
        self.database = database
        self.metrics = metrics
    }

    func run(_ jobs: [WriteJob]) {
        do {
            for answer in try commit(jobs) { answer() }
        } catch {
            metrics.failedBatch()
            let failure = StorageError(error).asUnavailable
            for job in jobs { job.refuse(failure) }
        }
    }

    /// The answers to all jobs, to be given now that they are on disk.
    private func commit(_ jobs: [WriteJob]) throws -> [WriteJob.Answer] {
        // Every path ends in COMMIT or ROLLBACK: GRDB traps on a transaction that is left open.
        defer {
            if database.isInTransaction { _ = try? database.execute("ROLLBACK") }
        }
        try database.execute("BEGIN IMMEDIATE")
        let answers = try jobs.map(perform)
        let start = ContinuousClock.now
        try database.execute("COMMIT")
        metrics.committed(jobs.count, in: .now - start)
        return answers
    }

    /// Runs one job; its answer, or its refusal.
    ///
    /// - Throws: ``StorageError`` when the transaction of the batch is gone.
    private func perform(_ job: WriteJob) throws -> WriteJob.Answer {
        let connection = SQLiteTransaction(database, isReading: false)
        defer { connection.finish() }
        let transaction = Transaction(on: connection)
        do {
            return try connection.savepoint { try job.perform(transaction) }
        } catch {
            if let end = connection.end { throw end }
            return { job.refuse(error) }
        }
    }
}
