package import Metrics

/// What the database counts of itself.
package struct DatabaseMetrics: Sendable {
    private let refusedReads: Counter
    private let refusedWrites: Counter
    private let failedBatches: Counter
    private let batchWrites: Recorder
    private let commitDuration: Timer

    package init(_ factory: any MetricsFactory) {
        func refused(_ kind: String) -> Counter {
            Counter(label: "usher_database_refused_total", dimensions: [("kind", kind)], factory: factory)
        }
        refusedReads = refused("read")
        refusedWrites = refused("write")
        failedBatches = Counter(label: "usher_database_failed_batches_total", factory: factory)
        batchWrites = Recorder(label: "usher_database_batch_writes", factory: factory)
        commitDuration = Timer(label: "usher_database_commit_duration_seconds", factory: factory)
    }

    /// Notes a read that found the queue full.
    func refusedRead() { refusedReads.increment() }

    /// Notes a write that found the queue full.
    func refusedWrite() { refusedWrites.increment() }

    /// Notes a batch of which nothing remains.
    func failedBatch() { failedBatches.increment() }

    /// Notes a batch that is on disk, and how long the commit itself took.
    func committed(_ writes: Int, in duration: Duration) {
        batchWrites.record(writes)
        commitDuration.record(duration: duration)
    }
}
