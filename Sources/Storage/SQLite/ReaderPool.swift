import GRDB
import Synchronization

/// The connections that read, and the reads that wait for one.
///
/// GRDB's own pool blocks a thread for each read that waits and looks the schema up for each that runs. Here a
/// connection takes the next waiting read as soon as it has done one, without going back to sleep.
final class ReaderPool: Sendable {
    private struct State {
        var idle: [DatabaseQueue]
        var waiting: [ReadJob] = []
        var isClosed = false
    }

    private enum Admission {
        case started(DatabaseQueue)
        case waits, full, closed
    }

    private let readers: [DatabaseQueue]
    private let state: Mutex<State>
    private let maximumWaiting: Int
    private let metrics: DatabaseMetrics

    init(readers: [DatabaseQueue], maximumWaiting: Int, metrics: DatabaseMetrics) {
        self.readers = readers
        self.maximumWaiting = maximumWaiting
        self.metrics = metrics
        state = Mutex(State(idle: readers))
    }

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    func submit(_ job: ReadJob) {
        switch admit(job) {
        case .started(let reader): run(job, on: reader)
        case .waits: return
        case .full:
            metrics.refusedRead()
            job.refuse(StorageError.unavailable("\(maximumWaiting) reads are waiting already"))
        case .closed: job.refuse(StorageError.closed)
        }
    }

    /// Refuses new reads, waits for the others, and closes the connections.
    func close() async throws {
        state.withLock { $0.isClosed = true }
        for reader in readers {
            await withCheckedContinuation { continuation in
                reader.asyncWriteWithoutTransaction { _ in continuation.resume() }
            }
            try reader.close()
        }
    }

    private func admit(_ job: ReadJob) -> Admission {
        state.withLock { state in
            if state.isClosed { return .closed }
            // The one used last: its pages are still in memory, and those of the others are never loaded.
            if let reader = state.idle.popLast() { return .started(reader) }
            guard state.waiting.count < maximumWaiting else { return .full }
            state.waiting.append(job)
            return .waits
        }
    }

    private func run(_ job: ReadJob, on reader: DatabaseQueue) {
        reader.asyncWriteWithoutTransaction { [self] database in
            job.perform(database)
            while let next = nextJob(of: reader) { next.perform(database) }
        }
    }

    /// The read that has waited longest; when none waits the reader is idle.
    private func nextJob(of reader: DatabaseQueue) -> ReadJob? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.idle.append(reader)
            return nil
        }
    }
}
