import Logging

extension LogRecord {
    /// A line for people: time, level, message, `key=value`.
    func text(inColour: Bool) -> String {
        var line = "\(time) "
        let name = level.rawValue.uppercased()
        let padding = String(repeating: " ", count: max(0, "CRITICAL".count - name.count))
        line.append(inColour ? "\(level.colour)\(name)\(Self.plain)\(padding) " : "\(name)\(padding) ")
        LogEscaping.appendPlain(message, to: &line)
        for (key, value) in metadata {
            line.append(inColour ? " \(Self.faint)" : " ")
            LogEscaping.appendWord(key, to: &line)
            line.append("=")
            LogEscaping.appendWord(value.description, to: &line)
            if inColour { line.append(Self.plain) }
        }
        line.append("\n")
        return line
    }

    private static let plain = "\u{1b}[0m"
    private static let faint = "\u{1b}[2m"
}

extension Logger.Level {
    fileprivate var colour: String {
        switch self {
        case .trace, .debug: "\u{1b}[2m"
        case .info, .notice: "\u{1b}[32m"
        case .warning: "\u{1b}[33m"
        case .error, .critical: "\u{1b}[31m"
        }
    }
}
