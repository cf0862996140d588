import Engine
import Logging
import Synchronization

/// Sees to it that junk does not fill the log: of the requests that were refused before they were complete it lets some
/// have their line in each minute, and counts the others.
final class RefusalLog: Sendable {
    private struct Minute {
        var end: ContinuousClock.Instant
        var lines = 0
        var counts: [CommandFailure.Code: Int] = [:]
    }

    private static let linesPerMinute = 20

    private let logger: Logger
    private let now: @Sendable () -> ContinuousClock.Instant
    private let minute: Mutex<Minute>

    init(logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.logger = logger
        self.now = now
        minute = Mutex(Minute(end: now() + .seconds(60)))
    }

    /// Whether this one may have a line of its own; else it is counted.
    func mayWrite(_ code: CommandFailure.Code) -> Bool {
        summarizeWhenDue()
        return minute.withLock {
            guard $0.lines < Self.linesPerMinute else {
                $0.counts[code, default: 0] += 1
                return false
            }
            $0.lines += 1
            return true
        }
    }

    /// Writes the count of the minute that has passed, if anything was left out in it. Called with every request: after a
    /// flood the next one, if only of a health check, tells of it.
    func summarizeWhenDue() {
        if minute.withLock({ now() >= $0.end }) { summarize() }
    }

    /// Writes what was left out so far, if anything was.
    func summarize() {
        let counts = minute.withLock { minute in
            defer { minute = Minute(end: now() + .seconds(60)) }
            return minute.counts
        }
        guard !counts.isEmpty else { return }
        let metadata = counts.map { ($0.key.rawValue, Logger.MetadataValue.stringConvertible($0.value)) }
        logger.info("more requests were refused", metadata: Dictionary(metadata) { first, _ in first })
    }
}
