import GRDB
import Synchronization

/// The one writer: takes all waiting writes into one transaction, so that they share one sync of the disk.
///
/// While a batch is being committed the next one gathers. The writer never asks whether a caller still waits:
/// a cancelled task's write happens, or not, like any other.
final class GroupCommit: Sendable {
    private struct State {
        var waiting: [WriteJob] = []
        var isRunning = false
        var isClosed = false
    }

    private enum Admission {
        case started, waits, full, closed
    }

    private let writer: DatabaseQueue
    private let checkpointer: Checkpointer
    private let trust: DiskTrust
    private let state = Mutex(State())
    private let maximumWaiting: Int
    private let metrics: DatabaseMetrics

    /// How many writes share a commit at most, so that a long queue does not make its first caller wait for its last.
    private static let maximumBatch = 256

    init(
        writer: DatabaseQueue, checkpointer: Checkpointer, trust: DiskTrust, maximumWaiting: Int,
        metrics: DatabaseMetrics
    ) {
        self.writer = writer
        self.checkpointer = checkpointer
        self.trust = trust
        self.maximumWaiting = maximumWaiting
        self.metrics = metrics
    }

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    func submit(_ job: WriteJob) {
        switch admit(job) {
        case .started: runNextBatch()
        case .waits: return
        case .full:
            metrics.refusedWrite()
            job.refuse(StorageError.unavailable("\(maximumWaiting) writes are waiting already"))
        case .closed: job.refuse(StorageError.closed)
        }
    }

    /// Runs `body` on the writer's connection, between two batches.
    func exclusively<Value: Sendable>(
        _ body: @escaping @Sendable (GRDB.Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            writer.asyncWriteWithoutTransaction { [self] database in
                do {
                    if state.withLock({ $0.isClosed }) { throw StorageError.closed }
                    continuation.resume(returning: try body(database))
                } catch {
                    continuation.resume(throwing: StorageError(error))
                }
            }
        }
    }

    /// Refuses new writes and makes those that wait.
    func close() async {
        state.withLock { $0.isClosed = true }
        await withCheckedContinuation { continuation in
            writer.asyncWriteWithoutTransaction { [self] database in
                repeat { runBatch(on: database) } while hasMore()
                continuation.resume()
            }
        }
    }

    private func admit(_ job: WriteJob) -> Admission {
        state.withLock { state in
            if state.isClosed { return .closed }
            guard state.waiting.count < maximumWaiting else { return .full }
            state.waiting.append(job)
            defer { state.isRunning = true }
            return state.isRunning ? .waits : .started
        }
    }

    /// A turn of the writer's queue for each batch, so that migrations and checkpoints get theirs in between.
    private func runNextBatch() {
        writer.asyncWriteWithoutTransaction { [self] database in
            runBatch(on: database)
            if hasMore() { runNextBatch() }
        }
    }

    private func runBatch(on database: GRDB.Database) {
        if let refusal = trust.refusal { return refuseWaiting(refusal) }
        let jobs = takeWaiting(atMost: Self.maximumBatch)
        guard !jobs.isEmpty else { return }
        // Where another process has the lock, those that waited meanwhile would wait as long again.
        if case .notBegun(let reason) = WriteBatch(on: database, trust, metrics).run(jobs) { refuseWaiting(reason) }
    }

    private func refuseWaiting(_ reason: StorageError) {
        for job in takeWaiting(atMost: maximumWaiting) { job.refuse(reason) }
    }

    private func takeWaiting(atMost count: Int) -> [WriteJob] {
        state.withLock { state in
            let batch = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func hasMore() -> Bool {
        state.withLock { state in
            state.isRunning = !state.waiting.isEmpty
            return state.isRunning
        }
    }
}

extension StorageError {
    static let closed = StorageError.unavailable("it was closed")
}
