import Logging

extension LogRecord {
    /// A line for machines: an object with `time`, `level`, `logger`, `message`, then the metadata.
    func json() -> String {
        var line = "{\"time\":\"\(time)\",\"level\":\"\(level.rawValue)\",\"logger\":"
        LogEscaping.appendJSON(logger, to: &line)
        line.append(",\"message\":")
        LogEscaping.appendJSON(message, to: &line)
        for (key, value) in metadata {
            line.append(",")
            // A reader that meets a name twice may take either.
            LogEscaping.appendJSON(Self.ownNames.contains(key) ? key + "_" : key, to: &line)
            line.append(":")
            Self.append(value, to: &line)
        }
        line.append("}\n")
        return line
    }

    private static let ownNames: Set = ["time", "level", "logger", "message"]

    private static func append(_ value: Logger.MetadataValue, to line: inout String) {
        switch value {
        case .string(let text): LogEscaping.appendJSON(text, to: &line)
        case .stringConvertible(let value): LogEscaping.appendJSON(value.description, to: &line)
        case .array(let items):
            line.append("[")
            for (index, item) in items.enumerated() {
                if index > 0 { line.append(",") }
                append(item, to: &line)
            }
            line.append("]")
        case .dictionary(let members):
            line.append("{")
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { line.append(",") }
                LogEscaping.appendJSON(member.key, to: &line)
                line.append(":")
                append(member.value, to: &line)
            }
            line.append("}")
        @unknown default: LogEscaping.appendJSON(value.description, to: &line)
        }
    }
}
