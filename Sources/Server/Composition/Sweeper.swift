import Commands
import ServiceLifecycle
import Storage

/// Has old records deleted while the server runs: some minutes after the start, then every hour.
struct Sweeper: Service {
    let sweep: RetentionSweep
    let clock: Clock

    func run() async throws {
        let firstSweep = clock.now() + .seconds(5 * 60)
        await cancelWhenGracefulShutdown {
            var next = firstSweep
            // Short waits, because the clock need not be the one that measures them.
            while (try? await Task.sleep(for: .seconds(10))) != nil {
                guard next <= clock.now() else { continue }
                await sweep.run()
                next = clock.now() + .seconds(3600)
            }
        }
    }
}

extension Installation {
    /// What deletes old records; mails are deleted by what sends them.
    func sweeper() -> Sweeper {
        Sweeper(
            sweep: RetentionSweep(
                services: services,
                retention: Retention(audit: settings.retention.audit, sessions: settings.retention.sessions),
                logger: logs.logger("retention"), metrics: metrics),
            clock: clock)
    }
}
