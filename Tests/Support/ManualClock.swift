package import Storage
import Synchronization

/// A clock that moves only when it is told to, or that follows another and can be moved ahead of it; for tests.
package final class ManualClock: Sendable {
    private let base: @Sendable () -> Timestamp
    private let ahead = Mutex<Duration>(.zero)

    /// Stands still at `start`.
    package init(_ start: Timestamp) {
        base = { start }
    }

    /// Shows what `other` shows, and what ``advance(by:)`` added.
    package init(following other: Clock) {
        base = other.now
    }

    package var now: Timestamp { base() + ahead.withLock { $0 } }

    /// This clock, as everything takes it.
    package var clock: Clock {
        Clock { self.now }
    }

    /// Moves the clock on; a negative duration moves it back, which the system's clock never does.
    package func advance(by duration: Duration) {
        ahead.withLock { $0 += duration }
    }
}
