/// Writes texts from outside into log lines so that they can neither end a line nor steer a terminal.
enum LogEscaping {
    /// What is longer is cut: nobody fills the disk with one request.
    static let maximumScalars = 8192

    /// Appends the text, each control character as `\n` or `\u{1b}`.
    static func appendPlain(_ text: String, to line: inout String) {
        append(text, to: &line) { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default: isUnsafe(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : nil
            }
        }
    }

    /// Appends the text in quotes if it would not be one word without.
    static func appendWord(_ text: String, to line: inout String) {
        let isWord =
            !text.isEmpty && !text.unicodeScalars.contains { " \"=\\".unicodeScalars.contains($0) || isUnsafe($0) }
        guard !isWord else { return appendPlain(text, to: &line) }
        line.append("\"")
        append(text, to: &line) { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default: isUnsafe(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : nil
            }
        }
        line.append("\"")
    }

    /// Appends the text as a JSON string.
    static func appendJSON(_ text: String, to line: inout String) {
        line.append("\"")
        append(text, to: &line) { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            default: isUnsafe(scalar) ? "\\u" + fourDigits(scalar.value) : nil
            }
        }
        line.append("\"")
    }

    private static func append(_ text: String, to line: inout String, escape: (Unicode.Scalar) -> String?) {
        for (count, scalar) in text.unicodeScalars.enumerated() {
            guard count < maximumScalars else { return line.append("…") }
            if let escaped = escape(scalar) {
                line.append(escaped)
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
    }

    /// Control characters, line and paragraph separators, and what turns the direction of writing around.
    ///
    /// All are below U+10000, so that four digits of `\u` are enough.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f..<0xa0, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }

    private static func fourDigits(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
