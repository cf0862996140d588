import Logging
import Synchronization

/// Keeps what is logged, a line each: level, message, and the metadata in order of its names.
final class Lines: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }

    /// The lines, and a logger that writes them.
    static func recording(_ level: Logger.Level = .trace) -> (lines: Lines, logger: Logger) {
        let lines = Lines()
        return (lines, Logger(label: "test") { _ in Handler(lines: lines, logLevel: level) })
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let line = "\(event.level) \(event.message) " + pairs.joined(separator: " ")
            lines.texts.withLock { $0.append(line) }
        }
    }
}
