import Storage

/// Who tried what how often, and what that means for the next attempt.
struct LimitLedger {
    struct Excess {
        let use: LimitUse
        /// After which time there is room.
        let wait: Duration
    }

    enum Verdict {
        /// There is room, but for what is only noted.
        case free([Excess])
        /// Attempts that run are in the way; how they end decides.
        case open(LimitUse)
        case full(Excess)
    }

    private(set) var counters: LimitCounters
    private(set) var refusals: [String: Int] = [:]

    init(capacity: Int) {
        counters = LimitCounters(capacity: capacity)
    }

    /// Whether there is room under all limits; of those that have none, the one that takes longest counts.
    func verdict(on uses: [LimitUse], at now: Timestamp) -> Verdict {
        var (refused, noted): ([Excess], [Excess]) = ([], [])
        var open: LimitUse?
        for use in uses where use.limit.excess != .isRefusedOnceFailed {
            switch room(for: use, at: now) {
            case .free: break
            case .open: open = open ?? use
            case .full(let wait) where use.limit.excess == .isNoted: noted.append(Excess(use: use, wait: wait))
            case .full(let wait): refused.append(Excess(use: use, wait: wait))
            }
        }
        if let worst = refused.max(by: { $0.wait < $1.wait }) { return .full(worst) }
        return open.map(Verdict.open) ?? .free(noted)
    }

    mutating func refuse(_ excess: Excess, at now: Timestamp) -> LimitRefusal {
        refusal(of: excess.use, retryAfter: excess.wait, at: now)
    }

    /// Takes a place under each limit but those that the attempt is beyond.
    mutating func admit(_ uses: [LimitUse], _ noted: [Excess], at now: Timestamp) -> LimitReservation {
        let exceeded = noted.map { refuse($0, at: now) }
        let names = Set(exceeded.map(\.limit.name))
        let places = uses.filter { !names.contains($0.limit.name) }.map { place(for: $0, at: now) }
        return LimitReservation(places: places, exceeded: exceeded)
    }

    private func room(for use: LimitUse, at now: Timestamp) -> AttemptLog.Room {
        switch use.limit.rule {
        case .windows(let windows): return counters.counter(use).log.room(in: windows, at: now)
        case .backoff(let backoff):
            let known = companion(of: use, at: now).map { counters.companions(use)[$0]?.streak ?? FailureStreak() }
            return (known ?? counters.counter(use).streak).room(under: backoff, at: now)
        }
    }

    private func companion(of use: LimitUse, at now: Timestamp) -> String? {
        let known = counters.companions(use)
        return use.companions.first { $0.isProven || known[$0.name].map { now < $0.until } ?? false }?.name
    }

    private mutating func place(for use: LimitUse, at now: Timestamp) -> LimitReservation.Place {
        var companion: String?
        switch use.limit.rule {
        case .windows where use.limit.excess == .isRefusedOnceFailed: break
        case .windows(let windows):
            let isOpen = use.limit.isOpenUntilSettled
            counters.update(use) { counter in
                counter.log.forget(before: windows, at: now)
                if isOpen { counter.log.begin(at: now) } else { counter.log.count(at: now) }
            }
        case .backoff(let backoff):
            companion = self.companion(of: use, at: now)
            changeStreak(of: use, companion, until: now + backoff.memory) { $0.begin() }
        }
        return LimitReservation.Place(use: use, at: now, companion: companion)
    }

    private mutating func changeStreak(
        of use: LimitUse, _ companion: String?, until end: Timestamp, _ change: (inout FailureStreak) -> Void
    ) {
        guard let companion else { return counters.update(use) { change(&$0.streak) } }
        counters.update(companion: companion, of: use) { known in
            // One that is proven anew each time need not have been known before.
            if known.until.milliseconds == 0 { known.until = end }
            change(&known.streak)
        }
    }

    mutating func settle(_ place: LimitReservation.Place, as end: AttemptEnd, at now: Timestamp)
        -> LimitRefusal?
    {
        let use = place.use
        let counts = use.limit.counts(end)
        switch use.limit.rule {
        case .windows(let windows) where use.limit.excess == .isRefusedOnceFailed:
            guard counts else { return nil }
            if case .full(let wait) = counters.counter(use).log.room(in: windows, at: now) {
                return refusal(of: use, retryAfter: wait, at: now)
            }
            counters.update(use) { counter in
                counter.log.forget(before: windows, at: now)
                counter.log.count(at: now)
            }
        case .windows where use.limit.isOpenUntilSettled:
            counters.update(use) { counter in
                counter.log.end(at: place.at)
                if counts { counter.log.count(at: place.at) }
            }
        case .windows:
            if !counts { counters.update(use) { $0.log.uncount(at: place.at) } }
        case .backoff(let backoff):
            changeStreak(of: use, place.companion, until: now + backoff.memory) { streak in
                streak.end()
                if counts { streak.fail(at: now) }
            }
            if case .succeeded = end { welcome(use, until: now + backoff.memory) }
        }
        return nil
    }

    /// A success ends the row of failures, whoever made them, and its companions are known from now on.
    private mutating func welcome(_ use: LimitUse, until end: Timestamp) {
        counters.update(use) { counter in
            counter.streak.clear()
            counter.noticed = nil
        }
        for companion in use.companions where !companion.isProven {
            counters.update(companion: companion.name, of: use) { known in
                known.until = end
                known.streak.clear()
            }
        }
    }

    /// Begins to count anew for this key, and for its companions.
    mutating func clear(_ use: LimitUse) {
        counters.update(use) { counter in
            counter.log = AttemptLog()
            counter.streak.clear()
            counter.noticed = nil
        }
        for name in counters.companions(use).keys {
            counters.update(companion: name, of: use) { $0.streak.clear() }
        }
    }

    private mutating func refusal(of use: LimitUse, retryAfter: Duration, at now: Timestamp) -> LimitRefusal {
        refusals[use.limit.name, default: 0] += 1
        let noticed = counters.counter(use).noticed
        let isNews = noticed.map { now - $0 >= use.limit.noticePeriod } ?? true
        // A refusal is a use too: a key under attack is not given up for others.
        counters.update(use) { $0.noticed = isNews ? now : noticed }
        return LimitRefusal(limit: use.limit, retryAfter: retryAfter, isNews: isNews)
    }
}
