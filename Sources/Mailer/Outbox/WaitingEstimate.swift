import Synchronization

/// How many mails wait, so far as this process knows without counting them: never fewer than there are, but for those
/// that other processes put there since the last count.
///
/// Counting reads every waiting mail. With 15,000 of them that took ten times as long as the command that mails.
final class WaitingEstimate: Sendable {
    private struct State {
        /// Nil until counted first.
        var estimate: Int?
        var added = 0
    }

    /// After so many mails they are counted anew: by then others may have added some, and many were sent.
    private static let countsEvery = 1000

    private let state = Mutex(State())

    /// Whether fewer than `maximum` wait; `count` counts, and is called where the estimate does not tell.
    func isBelow(_ maximum: Int, count: () throws -> Int) throws -> Bool {
        let known = state.withLock { $0.added < Self.countsEvery ? $0.estimate : nil }
        if let known, known < maximum { return true }
        let counted = try count()
        state.withLock { $0 = State(estimate: counted) }
        return counted < maximum
    }

    /// To be called for each mail that is put there, also if its transaction fails later.
    func add() {
        state.withLock { state in
            state.estimate = state.estimate.map { $0 + 1 }
            state.added += 1
        }
    }
}
