/// A `.env` file: `NAME=value` lines, `#` comments, values plain or in quotes.
///
/// Our own reader, for swift-configuration's passes over lines it does not understand and over CRLF.
struct EnvironmentFile {
    private(set) var values: [String: String] = [:]
    /// Sentences about lines that were not understood.
    private(set) var problems: [String] = []

    init(_ bytes: [UInt8], name: String) {
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.trimmingPrefix("\u{feff}").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let line = line.trimmed()
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let (variable, value) = Self.assignment(line) else {
                problems.append("\(name), line \(index + 1): not understood. Write NAME=value.")
                continue
            }
            if values.updateValue(value, forKey: variable) != nil, variable.hasPrefix("USHER_") {
                problems.append("\(name), line \(index + 1): \(variable) is set a second time. Keep one.")
            }
        }
    }

    private static func assignment(_ line: Substring) -> (String, String)? {
        let line = line.hasPrefix("export ") ? line.dropFirst("export ".count).trimmed() : line
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let name = line[..<equals].trimmed()
        guard !name.isEmpty, name.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == UInt8(ascii: "_") }) else { return nil }
        guard let value = value(line[line.index(after: equals)...].trimmed()) else { return nil }
        return (String(name), value)
    }

    private static func value(_ text: Substring) -> String? {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            // As Docker and the dotenv libraries do: a comment needs a space before its `#`.
            let end = text.firstRange(of: " #")?.lowerBound ?? text.endIndex
            return text.hasPrefix("#") ? "" : String(text[..<end].trimmed())
        }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if character == quote {
                let after = rest.trimmed()
                return after.isEmpty || after.hasPrefix("#") ? value : nil
            }
            guard character == "\\", quote == "\"", let escaped = rest.popFirst() else {
                value.append(character)
                continue
            }
            value.append(escaped == "n" ? "\n" : escaped)
        }
        return nil
    }
}
