import Synchronization

/// One password's turn. Exactly one of the two closures is called, once.
struct HashingJob: Sendable {
    let id: UInt64
    /// Does the work, and returns what hands the result to the caller.
    let run: @Sendable () -> @Sendable () -> Void
    let refuse: @Sendable (any Error) -> Void
}

/// The jobs that wait for a thread.
final class HashingQueue: Sendable {
    private struct State {
        var lastID: UInt64 = 0
        var waiting: [HashingJob] = []
        /// Threads that are neither at a job nor about to be: a job for one of them does not wait.
        var idle: Int
        var isClosed = false
    }

    private let limit: Int
    private let workers: Int
    private let state: Mutex<State>
    /// One signal for each job added and, at the end, for each thread. A job that is cancelled leaves its signal
    /// behind; the thread that takes it finds nothing to do.
    private let signals = Semaphore()

    init(limit: Int, workers: Int) {
        self.limit = limit
        self.workers = workers
        state = Mutex(State(idle: workers))
    }

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Threads that are at a job.
    var runningCount: Int { state.withLock { workers - $0.idle } }

    func nextID() -> UInt64 {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    func add(_ job: HashingJob) {
        let refusal: (any Error)? = state.withLock { state in
            guard !state.isClosed else { return PasswordHasher.Closed() }
            guard state.waiting.count < limit + state.idle else { return PasswordHasher.Overloaded() }
            state.waiting.append(job)
            return nil
        }
        if let refusal { job.refuse(refusal) } else { signals.signal() }
    }

    func cancel(_ id: UInt64) {
        let job = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
        job?.refuse(CancellationError())
    }

    func close() {
        let refused = state.withLock { state in
            defer { state.waiting = [] }
            guard !state.isClosed else { return [HashingJob]() }
            state.isClosed = true
            for _ in 0..<workers { signals.signal() }
            return state.waiting
        }
        for job in refused { job.refuse(PasswordHasher.Closed()) }
    }

    /// What each thread does until the queue is closed.
    func work() {
        while true {
            signals.wait()
            switch takeTurn() {
            case .job(let job):
                let answer = job.run()
                // Before the answer: whoever gets it may come with the next password at once, and must find this
                // thread.
                state.withLock { $0.idle += 1 }
                answer()
            case .cancelled: continue
            case .closed: return
            }
        }
    }

    private enum Turn {
        case job(HashingJob)
        case cancelled
        case closed
    }

    private func takeTurn() -> Turn {
        state.withLock { state in
            guard !state.isClosed else { return .closed }
            guard !state.waiting.isEmpty else { return .cancelled }
            state.idle -= 1
            return .job(state.waiting.removeFirst())
        }
    }
}
