package import Logging
package import Storage

/// Makes the loggers: one is made at the start, and handed on from there.
///
/// Nothing is put into swift-log's global `LoggingSystem`: loggers come through initialisers, like everything else.
package struct Logs: Sendable {
    private let level: Logger.Level
    private let format: @Sendable (LogRecord) -> String
    private let write: @Sendable (String) -> Void
    private let clock: Clock

    /// Colours are for terminals, and for people who do not ask for none with `NO_COLOR` (no-color.org).
    package init(
        _ settings: Settings.Log, to output: LogOutput = .standardError(), environment: [String: String], clock: Clock
    ) {
        level = settings.level
        write = output.write
        self.clock = clock
        switch settings.format {
        case .json: format = { $0.json() }
        case .text:
            let inColour = output.isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
            format = { $0.text(inColour: inColour) }
        }
    }

    /// A logger; the label says which part of Usher speaks, and is `logger` in JSON.
    package func logger(_ label: String = "usher") -> Logger {
        Logger(label: label) { label in
            LineLogHandler(label: label, format: format, write: write, clock: clock, logLevel: level)
        }
    }
}
