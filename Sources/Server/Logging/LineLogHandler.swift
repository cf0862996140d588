import Logging
import Storage

/// Writes each event as one line, in text or in JSON.
struct LineLogHandler: LogHandler {
    let label: String
    let format: @Sendable (LogRecord) -> String
    let write: @Sendable (String) -> Void
    let clock: Clock
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let known = metadata.merging(metadataProvider?.get() ?? [:]) { _, provided in provided }
        write(format(LogRecord(event, logger: label, known: known, time: clock.now())))
    }
}
