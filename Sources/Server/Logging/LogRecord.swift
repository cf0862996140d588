import Logging
import Storage

/// One event as it is written: what the caller said, and what the logger and its provider know.
struct LogRecord {
    let time: Timestamp
    let level: Logger.Level
    let logger: String
    let message: String
    /// Sorted by key.
    let metadata: [(key: String, value: Logger.MetadataValue)]

    init(_ event: LogEvent, logger: String, known: Logger.Metadata, time: Timestamp) {
        var metadata = known
        if let more = event.metadata { metadata.merge(more) { _, new in new } }
        if let error = event.error {
            metadata["error"] = "\(error)"
            metadata["errorType"] = "\(String(reflecting: type(of: error)))"
        }
        self.time = time
        self.level = event.level
        self.logger = logger
        self.message = event.message.description
        self.metadata = metadata.sorted { $0.key < $1.key }
    }
}
