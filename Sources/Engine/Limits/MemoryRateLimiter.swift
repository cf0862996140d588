public import Storage
import Synchronization

/// Counts attempts in the memory of this process: fast and bounded, and forgotten when it ends.
///
/// When all keys are in use, the least recently used goes. That is no way around a limit: each key that an attacker adds
/// costs an attempt which the other limits of that attempt have admitted, and it buys less than the attempts it costs.
public final class MemoryRateLimiter: RateLimiter {
    /// What is waited for: that an attempt with this key ends.
    private struct Queue: Hashable {
        let limit: String
        let key: String

        init(_ use: LimitUse) { (limit, key) = (use.limit.name, use.key) }
    }

    private struct State {
        var ledger: LimitLedger
        var waiting: [Queue: [CheckedContinuation<Void, Never>]] = [:]
    }

    private enum Step {
        case decided(LimitDecision)
        case wait(LimitUse)
    }

    /// More waiting for one key are refused.
    static let maximumWaiting = 64

    private let clock: Clock
    private let state: Mutex<State>

    public init(clock: Clock, capacity: Int = 100_000) {
        self.clock = clock
        state = Mutex(State(ledger: LimitLedger(capacity: capacity)))
    }

    /// How many keys are remembered.
    public var count: Int { state.withLock { $0.ledger.counters.count } }

    public func reserve(_ uses: [LimitUse]) async -> LimitDecision {
        while true {
            let step = state.withLock { state -> Step in
                let now = clock.now()
                switch state.ledger.verdict(on: uses, at: now) {
                case .full(let refused): return .decided(.refused(state.ledger.refuse(refused, at: now)))
                case .free(let noted): return .decided(.admitted(state.ledger.admit(uses, noted, at: now)))
                case .open(let use):
                    if state.waiting[Queue(use), default: []].count < Self.maximumWaiting { return .wait(use) }
                    let refused = LimitLedger.Excess(use: use, wait: .seconds(1))
                    return .decided(.refused(state.ledger.refuse(refused, at: now)))
                }
            }
            switch step {
            case .decided(let decision): return decision
            case .wait(let use): await waitForEnd(of: use)
            }
        }
    }

    /// Comes back when an attempt with this key has ended, or at once when none is in the way any more.
    ///
    /// Every attempt is settled, a cancelled one too, so nobody waits for ever.
    private func waitForEnd(of use: LimitUse) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                guard case .open = state.ledger.verdict(on: [use], at: clock.now()) else { return true }
                state.waiting[Queue(use), default: []].append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    public func settle(_ reservation: LimitReservation, as end: AttemptEnd) async -> LimitRefusal? {
        let (refusal, woken) = state.withLock { state in
            let now = clock.now()
            let refusals = reservation.places.compactMap { state.ledger.settle($0, as: end, at: now) }
            let woken = reservation.places.flatMap { state.waiting.removeValue(forKey: Queue($0.use)) ?? [] }
            return (refusals.max { $0.retryAfter < $1.retryAfter }, woken)
        }
        for continuation in woken { continuation.resume() }
        return refusal
    }

    public func clear(_ uses: [LimitUse]) async {
        state.withLock { state in
            for use in uses { state.ledger.clear(use) }
        }
    }

    public func refusals() async -> [String: Int] { state.withLock { $0.ledger.refusals } }
}
