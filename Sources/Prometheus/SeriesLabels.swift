/// The labels of one series as they stand between the braces of a line, made once: `route="/",status="2xx"`.
struct SeriesLabels: Hashable, Comparable, Sendable {
    let text: String

    /// Names that the format does not allow are spelt with underscores, and a second label of the same name is left out:
    /// one odd label must not make the whole text unreadable.
    init(_ labels: [(String, String)]) {
        var names: Set<String> = []
        text = labels.compactMap { name, value in
            let name = Self.validName(name)
            return names.insert(name).inserted ? "\(name)=\"\(Self.escaped(value))\"" : nil
        }.joined(separator: ",")
    }

    private init(text: String) {
        self.text = text
    }

    /// The same with one more label at its end.
    func adding(_ name: String, _ value: String) -> SeriesLabels {
        SeriesLabels(text: (text.isEmpty ? "" : text + ",") + "\(name)=\"\(value)\"")
    }

    static func < (left: SeriesLabels, right: SeriesLabels) -> Bool { left.text < right.text }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`; `le` is for buckets, and names that begin with two underscores are Prometheus' own.
    private static func validName(_ name: String) -> String {
        let valid = ValidName.make(name, alsoAllowing: [])
        return valid == "le" || valid.hasPrefix("__") ? "label_" + valid : valid
    }

    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == 0x5c || $0 == 0x22 || $0 == 0x0a }) else { return value }
        return value.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            // One character to Swift, and a line break to everybody else.
            case "\r\n": result += "\r\\n"
            default: result.append(character)
            }
        }
    }
}

/// Names of metrics and labels in the alphabet of the text format.
enum ValidName {
    /// `name` with an underscore for everything but letters, digits, underscores and `others`.
    static func make(_ name: String, alsoAllowing others: Set<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let isDigit = "0"..."9" ~= scalar
            let isAllowed =
                isDigit || "a"..."z" ~= scalar || "A"..."Z" ~= scalar || scalar == "_" || others.contains(scalar)
            if isDigit, result.isEmpty { result.append("_") }
            result.append(isAllowed ? scalar : "_")
        }
        return result.isEmpty ? "_" : String(result)
    }
}
