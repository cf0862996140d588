import Mailer
import Prometheus

extension Installation {
    /// What was counted since the start, and the queues.
    ///
    /// `rateLimitRefusals` tells how often each limit refused a call since the start, nil where nothing limits.
    func serverMetrics(
        _ worker: OutboxWorker, rateLimitRefusals: (@Sendable () -> [(name: String, count: Int)])? = nil
    ) -> ServerMetrics {
        var probes: [Probe] = [
            .hashing(hasher), .database(database), .outbox(clock) { try await worker.status() },
        ]
        if let rateLimitRefusals { probes.append(.rateLimits(rateLimitRefusals)) }
        return ServerMetrics(metrics, probes: probes)
    }
}
