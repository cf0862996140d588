import NIOCore

/// Runs the tasks of a connection on the thread that reads its socket.
///
/// A request that goes from thread to thread wakes one each time, and that costs more than most of what is done for it.
/// What takes long, hashing and the database, has threads of its own.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
