import Storage

/// What is remembered under one key of one limit. Only the parts that the limit's rule needs are used.
struct LimitCounter {
    var log = AttemptLog()
    var streak = FailureStreak()
    /// When a refusal was last worth a line in the log.
    var noticed: Timestamp?

    var isEmpty: Bool { log.isEmpty && streak.isEmpty && noticed == nil }
}

/// A companion that succeeded, and its own counter.
struct KnownCompanion {
    var until: Timestamp
    var streak = FailureStreak()
}

/// All counters of one process, at most ``capacity`` keys.
///
/// Every limit has a table of its own. When all are full, the longest gives up its least recently used key: whoever floods
/// one limit with keys pushes out other keys of that limit alone. A flood of failures does not reach the known companions,
/// which only a success adds.
struct LimitCounters {
    /// More companions of one key are forgotten, the first to end first.
    private static let companionsPerKey = 16

    let capacity: Int
    private var counters: [String: RecencyTable<LimitCounter>] = [:]
    private var companions: [String: RecencyTable<[String: KnownCompanion]>] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { (counters.values.map(\.count) + companions.values.map(\.count)).reduce(0, +) }

    func counter(_ use: LimitUse) -> LimitCounter { counters[use.limit.name]?.peek(use.key) ?? LimitCounter() }

    /// Changes the counter of a use. One that counts nothing is not kept.
    mutating func update(_ use: LimitUse, _ change: (inout LimitCounter) -> Void) {
        var counter = counter(use)
        change(&counter)
        if counter.isEmpty {
            counters[use.limit.name]?.remove(use.key)
        } else {
            counters[use.limit.name, default: RecencyTable()].use(use.key, counter)
            giveUpWhatIsTooMuch()
        }
    }

    /// The companions of a key by name; those whose time is over, too.
    func companions(_ use: LimitUse) -> [String: KnownCompanion] { companions[use.limit.name]?.peek(use.key) ?? [:] }

    mutating func update(companion name: String, of use: LimitUse, _ change: (inout KnownCompanion) -> Void) {
        var known = companions(use)
        var companion = known[name] ?? KnownCompanion(until: Timestamp(milliseconds: 0))
        change(&companion)
        known[name] = companion
        if known.count > Self.companionsPerKey, let first = known.min(by: { $0.value.until < $1.value.until }) {
            known[first.key] = nil
        }
        companions[use.limit.name, default: RecencyTable()].use(use.key, known)
        giveUpWhatIsTooMuch()
    }

    private mutating func giveUpWhatIsTooMuch() {
        while count > capacity {
            let longest = counters.max { $0.value.count < $1.value.count }
            let known = companions.max { $0.value.count < $1.value.count }
            if let known, known.value.count > longest?.value.count ?? 0 {
                companions[known.key]?.removeOldest()
            } else if let longest {
                counters[longest.key]?.removeOldest()
            }
        }
    }
}
