import Storage
import Synchronization

/// The two clocks of a machine as a test wants them: the one on the wall, which somebody may set, and the one that
/// counts since the start and never does anything else.
final class MachineClock: Sendable {
    private struct Hands {
        var wallAhead: Duration
        var passed = Duration.zero
    }

    private let hands: Mutex<Hands>
    private let start = ContinuousClock.now

    /// A wall clock that is `ahead` of this machine's; behind it, if negative.
    init(wallAhead ahead: Duration) {
        hands = Mutex(Hands(wallAhead: ahead))
    }

    var wall: Timestamp { .wall() + hands.withLock(\.wallAhead) }

    var sinceStart: Duration { ContinuousClock.now - start + hands.withLock(\.passed) }

    /// Time passes, on both.
    func advance(by span: Duration) {
        hands.withLock { hands in
            hands.wallAhead += span
            hands.passed += span
        }
    }

    /// Somebody sets the clock on the wall.
    func setWall(by span: Duration) { hands.withLock { $0.wallAhead += span } }
}
