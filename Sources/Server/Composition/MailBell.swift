import Synchronization

/// Wakes the mail worker when a command has put a mail into the outbox. Commands are ready before the worker is.
final class MailBell: Sendable {
    /// A struct, because a `Mutex` of the function itself wraps it in one more thunk each time it is looked at
    /// (Swift 6.3): slower with each mail, until the stack is full.
    private struct Listener {
        let wake: @Sendable () -> Void
    }

    private let listener = Mutex<Listener?>(nil)

    func ring() { listener.withLock { $0 }?.wake() }

    func onRing(_ wake: @escaping @Sendable () -> Void) {
        listener.withLock { $0 = Listener(wake: wake) }
    }
}
