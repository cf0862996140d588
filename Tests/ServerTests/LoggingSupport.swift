import Logging
import Server
import Storage
import Synchronization

/// A log that keeps its lines.
final class KeptLog: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    func logger(
        _ format: LogFormat, level: Logger.Level = .info, isTerminal: Bool = false, environment: [String: String] = [:]
    ) -> Logger {
        let output = LogOutput(isTerminal: isTerminal) { [self] line in kept.withLock { $0.append(line) } }
        let clock = Clock { Timestamp(milliseconds: 1_798_761_600_000) }
        return Logs(.init(level: level, format: format), to: output, environment: environment, clock: clock)
            .logger("usher.mail")
    }
}
