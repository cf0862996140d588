import Synchronization

/// A clock that moves only when it is told to, or that follows another and can be moved ahead of it; for tests.
public final class ManualClock: Sendable {
    private let base: @Sendable () -> Timestamp
    private let ahead = Mutex<Duration>(.zero)

    /// Stands still at `start`.
    public init(_ start: Timestamp) {
        base = { start }
    }

    /// Shows what `other` shows, and what ``advance(by:)`` added.
    public init(following other: Clock) {
        base = other.now
    }

    public var now: Timestamp { base() + ahead.withLock { $0 } }

    /// This clock, as everything takes it.
    public var clock: Clock {
        Clock { self.now }
    }

    /// Moves the clock on; a negative duration moves it back, which the system's clock never does.
    public func advance(by duration: Duration) {
        ahead.withLock { $0 += duration }
    }
}
