import Dispatch

/// A thread of its own for an actor that calls what blocks, so that it never holds one of Swift's few shared threads.
///
/// A serial dispatch queue without a target runs on threads that the system adds as needed.
final class BlockingQueue: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
