import Storage

/// The failures in a row under one key, and the attempts that run.
struct FailureStreak {
    private(set) var failures = 0
    private var lastFailure = Timestamp(milliseconds: 0)
    private var running = 0

    var isEmpty: Bool { failures == 0 && running == 0 }

    func room(under rule: RateLimit.Backoff, at now: Timestamp) -> AttemptLog.Room {
        if failures >= rule.ceiling { return .full(rule.retryAtCeiling) }
        let wait = lastFailure + rule.delay(after: failures) - now
        if failures >= rule.free, wait > .zero { return .full(wait) }
        // Behind a delay one at a time: each of several at once would be a guess without one.
        return running < max(1, rule.free - failures) ? .free : .open
    }

    mutating func begin() { running += 1 }

    /// A counter that was given up while the attempt ran has none to take back.
    mutating func end() { running = max(0, running - 1) }

    mutating func fail(at now: Timestamp) {
        failures += 1
        lastFailure = now
    }

    mutating func clear() { failures = 0 }
}
