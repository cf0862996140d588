import Synchronization

/// Wakes the mail worker when a command has put a mail into the outbox. Commands are ready before the worker is.
final class MailBell: Sendable {
    private let listener = Mutex<(@Sendable () -> Void)?>(nil)

    func ring() { listener.withLock { $0 }?() }

    func onRing(_ listener: @escaping @Sendable () -> Void) {
        self.listener.withLock { $0 = listener }
    }
}
