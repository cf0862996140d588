import Engine
package import Logging
import Mailer
package import Metrics
import Storage

/// Deletes what is older than the settings say: rows of the audit, sessions that are over, and password links.
///
/// Nothing depends on it. It works in short steps with a pause after each, so that what requests write goes first.
package struct RetentionSweep: Sendable {
    /// How many rows one transaction deletes at most.
    package static let step = 500

    private let database: any Database
    private let clock: Clock
    private let outbox: Outbox
    private let retention: Retention
    private let logger: Logger
    private let metrics: SweepMetrics
    private let pause: @Sendable () async throws -> Void

    /// `pause` runs after each step; what it throws ends the sweep.
    package init(
        services: Services, retention: Retention, logger: Logger,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        pause: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(100)) }
    ) {
        database = services.database
        clock = services.clock
        outbox = services.mails.outbox
        self.retention = retention
        self.logger = logger
        self.metrics = SweepMetrics(metrics)
        self.pause = pause
    }

    /// Sweeps all tables, unless the task is cancelled: then the rest waits for the next time.
    package func run() async {
        var counts: [SweptTable: Int] = [:]
        do {
            for table in SweptTable.allCases {
                var count: Int
                repeat {
                    count = try await deleteStep(from: table)
                    counts[table, default: 0] += count
                    try await pause()
                } while count == Self.step
            }
        } catch is CancellationError {
            // The server stops.
        } catch {
            logger.warning("Old records cannot be deleted; trying again later", metadata: ["error": "\(error)"])
        }
        log(counts.filter { $0.value > 0 })
    }

    private func deleteStep(from table: SweptTable) async throws -> Int {
        let (now, retention, outbox) = (clock.now(), retention, outbox)
        let count = try await database.write { tx in
            switch table {
            case .audit: try AuditLog.prune(before: now - retention.audit, limit: Self.step, in: tx)
            case .sessions: try Session.prune(overBefore: now - retention.sessions, limit: Self.step, in: tx)
            case .passwordLinks:
                try PasswordLink.prune(
                    overBefore: now - retention.sessions, oldestMail: outbox.oldest(in: tx), limit: Self.step, in: tx)
            }
        }
        metrics.note(count, in: table)
        return count
    }

    private func log(_ counts: [SweptTable: Int]) {
        if counts.isEmpty { return }
        let metadata = counts.map { ($0.key.rawValue, Logger.MetadataValue.stringConvertible($0.value)) }
        logger.info("Old records deleted", metadata: Dictionary(uniqueKeysWithValues: metadata))
    }
}
