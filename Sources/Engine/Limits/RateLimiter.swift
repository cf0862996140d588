import Storage

/// Counts attempts, and says which may go on.
///
/// An attempt is reserved before its work and settled after it, whatever happens in between.
public protocol RateLimiter: Sendable {
    /// Takes a place under every limit, or under none.
    ///
    /// Where only attempts that still run are in the way, it waits for them.
    func reserve(_ uses: [LimitUse]) async -> LimitDecision

    /// Tells how a reserved attempt ended.
    ///
    /// - Returns: The refusal that takes the place of its failure, if there is one.
    func settle(_ reservation: LimitReservation, as end: AttemptEnd) async -> LimitRefusal?

    /// Begins to count anew for the keys of these.
    func clear(_ uses: [LimitUse]) async

    /// How often each limit refused so far, by its name.
    func refusals() async -> [String: Int]
}

public enum LimitDecision: Sendable {
    case admitted(LimitReservation)
    case refused(LimitRefusal)
}

/// How an attempt ended, for the limits that it was reserved under.
public enum AttemptEnd: Sendable {
    case succeeded
    case failed(CommandFailure.Code)
}

/// The places that an attempt holds while it runs.
public struct LimitReservation: Sendable {
    struct Place: Sendable {
        let use: LimitUse
        let at: Timestamp
        /// The companion on whose own counter it goes.
        let companion: String?
    }

    let places: [Place]
    /// The limits that the attempt is beyond, though it goes on.
    let exceeded: [LimitRefusal]
}

/// Why an attempt may not go on, and when one may.
public struct LimitRefusal: Sendable {
    public let limit: RateLimit
    public let retryAfter: Duration
    /// Whether it is worth a line in the log: the first for its key in a while.
    public let isNews: Bool
}
