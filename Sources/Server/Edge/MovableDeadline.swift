import NIOCore

/// A moment by which something must have happened, moved on with every step of a connection.
///
/// Moving it is cheap, which a timer for each step is not: one timer is set, and when it goes off too early it is set anew.
/// Only used on the connection's event loop.
struct MovableDeadline {
    private var moment: NIODeadline?
    private var timer: (moment: NIODeadline, task: Scheduled<Void>)?

    /// Moves it to `limit` from now, or takes it away.
    ///
    /// `check` is to call ``hasPassed(on:check:)``.
    mutating func move(to limit: Duration?, on eventLoop: any EventLoop, check: @escaping @Sendable () -> Void) {
        moment = limit.map { eventLoop.now + TimeAmount($0) }
        guard let moment else { return }
        if let timer, timer.moment <= moment { return }
        timer?.task.cancel()
        timer = (moment, eventLoop.scheduleTask(deadline: moment, check))
    }

    /// Whether it has passed, now that its timer went off.
    mutating func hasPassed(on eventLoop: any EventLoop, check: @escaping @Sendable () -> Void) -> Bool {
        timer = nil
        guard let moment else { return false }
        if moment <= eventLoop.now { return true }
        timer = (moment, eventLoop.scheduleTask(deadline: moment, check))
        return false
    }

    mutating func cancel() {
        moment = nil
        timer?.task.cancel()
        timer = nil
    }
}
