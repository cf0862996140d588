/// How often something may be tried, by whoever a key stands for.
public struct RateLimit: Sendable {
    /// At most `count` in any span of `period`.
    public struct Window: Sendable {
        public let count: Int
        public let period: Duration

        public init(_ count: Int, per period: Duration) {
            self.count = count
            self.period = period
        }
    }

    /// A delay that grows with each failure in a row: 1 s, 2 s, 4 s …
    public struct Backoff: Sendable {
        /// So many failures in a row cost no delay.
        public let free: Int
        public let longest: Duration
        /// After so many in a row nothing is admitted any more, until the counter is cleared.
        public let ceiling: Int
        /// When to come back that is told at the ceiling; nothing happens by itself at that time.
        public let retryAtCeiling: Duration
        /// How long a companion that succeeded has a counter of its own.
        public let memory: Duration

        public init(
            free: Int, longest: Duration, ceiling: Int, retryAtCeiling: Duration, memory: Duration
        ) {
            self.free = free
            self.longest = longest
            self.ceiling = ceiling
            self.retryAtCeiling = retryAtCeiling
            self.memory = memory
        }

        /// The delay after that many failures in a row.
        func delay(after failures: Int) -> Duration {
            guard failures >= free else { return .zero }
            return min(longest, .seconds(Int64(1) << min(failures - free, 40)))
        }
    }

    public enum Rule: Sendable {
        /// All of them hold.
        case windows([Window])
        case backoff(Backoff)
    }

    /// What uses up a limit.
    public enum Counted: Sendable {
        /// Every attempt, unless it ends with one of these codes.
        case attempts(except: Set<CommandFailure.Code>)
        /// Attempts that end with one of these codes. While it runs, an attempt counts as if it failed: guesses at the
        /// same moment cannot beat the counter.
        case failures(Set<CommandFailure.Code>)
    }

    /// What becomes of an attempt beyond the limit.
    public enum Excess: Sendable {
        /// It is refused before any work.
        case isRefused
        /// It is refused if it fails, in place of its own failure. What is right always passes, so nobody is held up by
        /// others with the same key; but the work is done.
        case isRefusedOnceFailed
        /// It goes on, and the command finds out by ``Call/isOver(_:)``.
        case isNoted
    }

    /// Tells the limit apart from others, also in logs and metrics: a few words in kebab-case.
    public let name: String
    public let rule: Rule
    public let counted: Counted
    public let excess: Excess
    /// The sentence for whoever is refused; when to try again is added.
    public let complaint: String
    /// What else helps, as a sentence.
    public let hint: String?

    public init(
        _ name: String, _ rule: Rule, counting counted: Counted, excess: Excess = .isRefused, complaint: String,
        hint: String? = nil
    ) {
        self.name = name
        self.rule = rule
        self.counted = counted
        self.excess = excess
        self.complaint = complaint
        self.hint = hint
    }
}

extension RateLimit {
    /// The span after which a key that is still refused is worth another line in the log.
    var noticePeriod: Duration {
        switch rule {
        case .windows(let windows): windows.map(\.period).max() ?? .zero
        case .backoff(let backoff): backoff.longest
        }
    }

    /// Whether attempts hold a place while they run, because only their end tells whether they count.
    var isOpenUntilSettled: Bool {
        switch (rule, counted) {
        case (.backoff, _), (_, .failures): true
        case (.windows, .attempts): false
        }
    }

    func counts(_ end: AttemptEnd) -> Bool {
        switch (counted, end) {
        case (.attempts(let exceptions), .failed(let code)): !exceptions.contains(code)
        case (.attempts, .succeeded): true
        case (.failures(let codes), .failed(let code)): codes.contains(code)
        case (.failures, .succeeded): false
        }
    }
}
