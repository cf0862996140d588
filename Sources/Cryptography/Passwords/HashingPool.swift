import Glibc

/// Threads that take jobs from one queue of limited length, first come, first served.
final class HashingPool: Sendable {
    /// How many cores this machine gives the process.
    static var coreCount: Int {
        max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    let queue: HashingQueue
    private let metrics: HashingMetrics

    var waitingCount: Int { queue.waitingCount }

    init(threads: Int, queueLimit: Int, metrics: HashingMetrics = .none) {
        self.metrics = metrics
        let queue = HashingQueue(limit: queueLimit, workers: threads)
        self.queue = queue
        for _ in 0..<threads { HashingThread.start { queue.work() } }
    }

    /// Runs `work` on one of the threads.
    ///
    /// If the caller is cancelled while it waits, the job leaves the queue. Once begun it is finished.
    ///
    /// - Throws: ``PasswordHasher/Overloaded``, ``PasswordHasher/Closed``, `CancellationError`, and what `work` throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let id = queue.nextID()
        let metrics = metrics
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let job = HashingJob(
                    id: id,
                    run: {
                        let result = metrics.measure(work)
                        return { continuation.resume(with: result) }
                    },
                    refuse: {
                        metrics.refused(because: $0)
                        continuation.resume(throwing: $0)
                    }
                )
                queue.add(job)
                // Cancelled before the job was in the queue: the handler below has looked for it in vain.
                if Task.isCancelled { queue.cancel(id) }
            }
        } onCancel: {
            queue.cancel(id)
        }
    }

    deinit {
        queue.close()
    }

    /// Refuses every job that waits or comes, and lets the threads end after the one they are at.
    func shutdown() {
        queue.close()
    }
}
