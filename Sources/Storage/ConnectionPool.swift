import Synchronization

/// A connection that works off what it is given, one after the other, on a thread of its own.
protocol PooledConnection: Sendable {
    /// What a job works on.
    associatedtype Access

    /// Runs `job` after all that was given before.
    func submit(_ job: @escaping @Sendable (Access) -> Void)

    /// Closes the connection, which has nothing to do any more.
    func close() throws
}

/// What waits for a connection.
struct PoolJob<Access>: Sendable {
    let perform: @Sendable (Access) -> Void
    /// Tells the caller that nothing was done, and why.
    let refuse: @Sendable (any Error) -> Void
}

/// Connections that do the same, and the jobs that wait for one.
///
/// A connection takes the next waiting job as soon as it has done one, without going back to sleep.
final class ConnectionPool<Member: PooledConnection>: Sendable {
    typealias Job = PoolJob<Member.Access>

    private struct State {
        var idle: [Member]
        var waiting: [Job] = []
        var isClosed = false
    }

    private enum Admission {
        case started(Member)
        case waits, full, closed
    }

    private let members: [Member]
    private let state: Mutex<State>
    private let kind: String
    private let maximumWaiting: Int
    private let noteRefusal: @Sendable () -> Void

    /// - Parameters:
    ///   - members: The connections.
    ///   - kind: What the jobs are, for the message when too many wait: `reads`.
    ///   - maximumWaiting: How many jobs may wait; more are refused as unavailable.
    ///   - noteRefusal: Called for each job that found the queue full.
    init(_ members: [Member], of kind: String, maximumWaiting: Int, noteRefusal: @escaping @Sendable () -> Void) {
        self.members = members
        self.kind = kind
        self.maximumWaiting = maximumWaiting
        self.noteRefusal = noteRefusal
        state = Mutex(State(idle: members))
    }

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    func submit(_ job: Job) {
        switch admit(job) {
        case .started(let member): run(job, on: member)
        case .waits: return
        case .full:
            noteRefusal()
            job.refuse(StorageError.unavailable("\(maximumWaiting) \(kind) are waiting already"))
        case .closed: job.refuse(StorageError.closed)
        }
    }

    /// Refuses new jobs, waits for the others, and closes the connections.
    func close() async throws {
        state.withLock { $0.isClosed = true }
        for member in members {
            await withCheckedContinuation { continuation in member.submit { _ in continuation.resume() } }
            try member.close()
        }
    }

    private func admit(_ job: Job) -> Admission {
        state.withLock { state in
            if state.isClosed { return .closed }
            // The one used last: its pages are still in memory, and those of the others are never loaded.
            if let member = state.idle.popLast() { return .started(member) }
            guard state.waiting.count < maximumWaiting else { return .full }
            state.waiting.append(job)
            return .waits
        }
    }

    private func run(_ job: Job, on member: Member) {
        member.submit { [self] access in
            job.perform(access)
            while let next = nextJob(of: member) { next.perform(access) }
        }
    }

    /// The job that has waited longest; when none waits the connection is idle.
    private func nextJob(of member: Member) -> Job? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.idle.append(member)
            return nil
        }
    }
}
