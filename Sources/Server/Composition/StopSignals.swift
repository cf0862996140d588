import Logging
import ServiceLifecycle
import UnixSignals

/// Runs the server's services until they end, or SIGTERM or SIGINT ends them.
///
/// The first signal begins the drain, if there is one, and else the stop, in which what has begun is brought to an end.
/// One more during the drain ends it, and one during the stop hangs up at once.
struct StopSignals {
    let stage: StopStage
    let drain: Duration
    let logger: Logger

    func run(_ services: ServiceGroup) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await services.run() }
            tasks.addTask { await obey(signals, services) }
            // Either the services have ended, or it is time to end them at once.
            try await tasks.next()
            tasks.cancelAll()
            do {
                try await tasks.waitForAll()
            } catch is CancellationError {}
        }
    }

    /// Returns when the services are to be ended at once.
    private func obey(_ signals: UnixSignalsSequence, _ services: ServiceGroup) async {
        await withTaskGroup(of: Void.self) { draining in
            for await signal in signals {
                switch stage.next() {
                case .draining:
                    logger.info("draining", metadata: ["signal": "\(signal)", "for": "\(drain)"])
                    draining.addTask {
                        guard (try? await Task.sleep(for: drain)) != nil, stage.drained() else { return }
                        await services.triggerGracefulShutdown()
                    }
                case .stopping:
                    logger.info("stopping", metadata: ["signal": "\(signal)"])
                    draining.cancelAll()
                    await services.triggerGracefulShutdown()
                case .serving, .ending:
                    logger.warning("stopping at once", metadata: ["signal": "\(signal)"])
                    return
                }
            }
            draining.cancelAll()
        }
    }
}
