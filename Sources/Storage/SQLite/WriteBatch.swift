import GRDB
import GRDBSQLite

/// Several writes in one transaction of SQLite, each in a savepoint of its own, answered together when it is on disk.
///
/// A write that throws takes only itself back. When SQLite rolls the transaction back, nothing of any write remains,
/// and all of them are answered ``StorageError/unavailable(_:)``, also those that never ran; when the disk fails at the
/// commit itself, ``StorageError/outcomeUnknown(_:)``.
struct WriteBatch {
    private let database: GRDB.Database
    private let trust: DiskTrust
    private let metrics: DatabaseMetrics

    init(on database: GRDB.Database, _ trust: DiskTrust, _ metrics: DatabaseMetrics) {
        self.database = database
        self.trust = trust
        self.metrics = metrics
    }

    /// What became of all writes of a batch.
    enum Outcome {
        case committed
        /// Nothing of any of them remains.
        case undone
        /// The transaction did not begin, because another process has the lock or the disk is broken.
        case notBegun(StorageError)
        /// They are all in the database, or none is.
        case unknown
    }

    func run(_ jobs: [WriteJob]) -> Outcome {
        // Every path ends in COMMIT or ROLLBACK: GRDB traps on a transaction that is left open.
        defer {
            if database.isInTransaction { _ = try? database.execute("ROLLBACK") }
        }
        do {
            try database.execute("BEGIN IMMEDIATE")
        } catch {
            return .notBegun(refuse(jobs, StorageError(error).asUnavailable))
        }
        do {
            let answers = try jobs.map(perform)
            try commit(jobs.count)
            for answer in answers { answer() }
            return .committed
        } catch StorageError.outcomeUnknown(let reason) {
            // First, so that nobody who looks what became of it sees what was only taken back in memory.
            trust.lose(.syncFailed(reason))
            refuse(jobs, .outcomeUnknown(reason))
            return .unknown
        } catch {
            refuse(jobs, StorageError(error).asUnavailable)
            return .undone
        }
    }

    @discardableResult
    private func refuse(_ jobs: [WriteJob], _ failure: StorageError) -> StorageError {
        metrics.failedBatch()
        for job in jobs { job.refuse(failure) }
        return failure
    }

    private func commit(_ count: Int) throws {
        let start = ContinuousClock.now
        do {
            try database.execute("COMMIT")
        } catch {
            throw database.failureOfCommit(StorageError(error))
        }
        metrics.committed(count, in: .now - start)
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

extension GRDB.Database {
    /// What it means that the COMMIT just now has failed.
    ///
    /// Where a page could not be written, the last one, which makes the others count, was not written. Where all were
    /// written and the sync failed, SQLite takes them back in memory only: the log has them, on the disk or not, and
    /// whoever reads the log anew, as after a crash, finds a transaction that was committed.
    fileprivate func failureOfCommit(_ failure: StorageError) -> StorageError {
        let code = unsafe sqlite3_extended_errcode(sqliteConnection)
        guard code & 0xFF == SQLITE_IOERR, code != SQLITE_IOERR | 3 << 8 else { return failure }
        return .outcomeUnknown("the disk failed while the commit was synced (SQLite \(code))")
    }
}
