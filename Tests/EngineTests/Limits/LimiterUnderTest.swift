import Engine
import Storage
import TestSupport

/// A limiter with a clock that the test moves.
struct LimiterUnderTest: Sendable {
    let clock: ManualClock
    let limiter: MemoryRateLimiter

    init(capacity: Int = 100_000) {
        let clock = ManualClock(Timestamp(milliseconds: 1_800_000_000_000))
        self.clock = clock
        limiter = MemoryRateLimiter(clock: clock.clock, capacity: capacity)
    }

    /// One attempt from its reservation to its end.
    ///
    /// - Returns: The refusal; nil when it was admitted.
    @discardableResult
    func attempt(_ uses: LimitUse..., as end: AttemptEnd = .failed(.invalidCredentials)) async -> LimitRefusal? {
        switch await limiter.reserve(uses) {
        case .refused(let refusal): return refusal
        case .admitted(let reservation): return await limiter.settle(reservation, as: end)
        }
    }

    /// How many of `count` attempts at the same moment get to their work.
    func admitted(of count: Int, _ uses: [LimitUse], as end: @escaping @Sendable (Int) -> AttemptEnd) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    guard case .admitted(let reservation) = await limiter.reserve(uses) else { return false }
                    await Task.yield()
                    _ = await limiter.settle(reservation, as: end(number))
                    return true
                }
            }
            return await group.reduce(into: 0) { sum, isAdmitted in sum += isAdmitted ? 1 : 0 }
        }
    }
}

extension RateLimit {
    static func windows(
        _ windows: Window..., counting counted: Counted = .attempts(except: []), excess: Excess = .isRefused
    ) -> RateLimit {
        RateLimit("windows", .windows(windows), counting: counted, excess: excess, complaint: "Too many.")
    }

    static let failures = Counted.failures([.invalidCredentials])

    static let streak = RateLimit(
        "streak",
        .backoff(
            .init(
                free: 5, longest: .seconds(900), ceiling: 100, retryAtCeiling: .seconds(86_400),
                memory: .seconds(30 * 86_400))
        ), counting: failures, complaint: "Too many in a row.")
}

extension RateLimit.Counted {
    static let wrong = RateLimit.failures
}
