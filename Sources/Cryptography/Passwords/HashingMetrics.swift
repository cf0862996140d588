package import Metrics

/// What the hashing of passwords counts of itself.
package struct HashingMetrics: Sendable {
    private let refused: Counter
    private let duration: Timer

    /// Counts nothing.
    static let none = HashingMetrics(NOOPMetricsHandler.instance)

    package init(_ factory: any MetricsFactory) {
        refused = Counter(label: "usher_password_hashes_refused_total", factory: factory)
        duration = Timer(label: "usher_password_hash_duration_seconds", factory: factory)
    }

    /// Does the work of one password, which counts without the wait for a thread.
    func measure<Value>(_ work: () throws -> Value) -> Result<Value, any Error> {
        let start = ContinuousClock.now
        defer { duration.record(duration: .now - start) }
        return Result(catching: work)
    }

    /// Notes a password whose turn never came; one that its caller gave up was not refused.
    func refused(because error: any Error) {
        if error is PasswordHasher.Overloaded { refused.increment() }
    }
}
