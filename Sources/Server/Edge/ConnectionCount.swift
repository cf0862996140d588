import Synchronization

/// How many connections are open, against how many may be.
final class ConnectionCount: Sendable {
    private let limit: Int
    private let open = Mutex(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Counts one more, which ``closed()`` must take back; false when it is one too many.
    func opened() -> Bool {
        open.withLock {
            $0 += 1
            return $0 <= limit
        }
    }

    func closed() { open.withLock { $0 -= 1 } }
}
