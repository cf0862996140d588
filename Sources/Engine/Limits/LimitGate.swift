public import Logging
import Storage

/// Lets attempts through as their limits allow: reserves each before its work and settles it afterwards.
public struct LimitGate: Sendable {
    /// Nil when limits are switched off.
    let limiter: (any RateLimiter)?
    let logger: Logger

    /// Whether there are any limits.
    public var isOpen: Bool { limiter == nil }

    /// Does the work if every limit admits it.
    ///
    /// `work` is told the names of the limits that it is beyond though it may go on. `about` goes into the log line of a
    /// refusal, of which there is one for each key and period.
    ///
    /// - Throws: ``CommandFailure`` `RATE_LIMITED`; what `work` throws.
    public func run<Value>(
        _ uses: [LimitUse], about: @autoclosure () -> Logger.Metadata,
        _ work: (_ exceeded: Set<String>) async throws -> Value
    ) async throws -> Value {
        guard let limiter, !uses.isEmpty else { return try await work([]) }
        switch await limiter.reserve(uses) {
        case .refused(let refusal):
            log(refusal, about())
            throw CommandFailure.rateLimited(refusal)
        case .admitted(let reservation):
            for refusal in reservation.exceeded { log(refusal, about()) }
            do {
                let value = try await work(Set(reservation.exceeded.map(\.limit.name)))
                _ = await limiter.settle(reservation, as: .succeeded)
                return value
            } catch {
                let code = CommandFailure.from(error).code
                guard let refusal = await limiter.settle(reservation, as: .failed(code)) else { throw error }
                log(refusal, about())
                throw CommandFailure.rateLimited(refusal)
            }
        }
    }

    /// Begins to count anew for the keys of these.
    func clear(_ uses: [LimitUse]) async {
        if !uses.isEmpty { await limiter?.clear(uses) }
    }

    /// How often each limit refused since the start, by its name.
    public func refusals() async -> [String: Int] { await limiter?.refusals() ?? [:] }

    /// Without the key: people type all sorts of things where an address belongs.
    private func log(_ refusal: LimitRefusal, _ about: Logger.Metadata) {
        guard refusal.isNews else { return }
        logger.notice(
            "rate limit reached",
            metadata: about.merging([
                "limit": "\(refusal.limit.name)", "retryAfter": "\(refusal.retryAfter.components.seconds)",
            ]) { own, _ in own })
    }
}

extension Call {
    var logMetadata: Logger.Metadata { ["requestId": "\(id)", "action": "\(action)", "network": "\(client.network)"] }
}
