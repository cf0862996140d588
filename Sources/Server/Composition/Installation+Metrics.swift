import Engine
import Mailer
import Prometheus

extension Installation {
    /// What was counted since the start, and the queues.
    func serverMetrics(_ worker: OutboxWorker) -> ServerMetrics {
        ServerMetrics(
            metrics,
            probes: [
                .hashing(hasher), .database(database), .outbox(clock) { try await worker.status() },
                .rateLimits { [limits = engine.limits] in await limits.refusals() },
            ])
    }
}
