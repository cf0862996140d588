import Synchronization

/// Where the time comes from: injected everywhere, so that tests move it.
public struct Clock: Sendable {
    public let now: @Sendable () -> Timestamp

    public init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    /// Wall time as it was at the start, carried on by the boot-time clock, so that it never runs backwards and nobody
    /// who sets the machine's clock gives sessions and licences another end.
    ///
    /// It starts no earlier than `floor`, the latest time stored. `onJump` is called once for each time that the
    /// machine's wall clock is found more than a minute off from this clock, with how far it is ahead (negative: behind),
    /// on the thread that asked for the time.
    public static func system(
        floor: Timestamp = Timestamp(milliseconds: 0),
        onJump: @escaping @Sendable (Duration) -> Void = { _ in }
    ) -> Clock {
        system(floor: floor, wall: { .wall() }, sinceStart: stopwatch(), onJump: onJump)
    }

    /// ``system(floor:onJump:)`` over any wall clock and stopwatch.
    package static func system(
        floor: Timestamp,
        wall: @escaping @Sendable () -> Timestamp,
        sinceStart: @escaping @Sendable () -> Duration,
        onJump: @escaping @Sendable (Duration) -> Void
    ) -> Clock {
        let start = max(wall(), floor)
        let jumps = JumpWatch(onJump: onJump)
        return Clock {
            let now = start + sinceStart()
            jumps.check(wall() - now)
            return now
        }
    }

    /// The time since it was made, on CLOCK_BOOTTIME (what `ContinuousClock` is on Linux): also while suspended.
    private static func stopwatch() -> @Sendable () -> Duration {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }
}

/// Reports each jump of the wall clock once.
private final class JumpWatch: Sendable {
    private let reported = Atomic<Int64>(0)
    private let onJump: @Sendable (Duration) -> Void

    init(onJump: @escaping @Sendable (Duration) -> Void) {
        self.onJump = onJump
    }

    func check(_ difference: Duration) {
        let known = reported.load(ordering: .relaxed)
        let current = difference.milliseconds
        guard abs(current - known) > 60_000 else { return }
        let isFirst = reported.compareExchange(expected: known, desired: current, ordering: .relaxed).exchanged
        if isFirst { onJump(difference) }
    }
}
