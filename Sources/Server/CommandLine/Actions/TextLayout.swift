import Glibc

/// Text in lines: wrapped to the width of a terminal, and left as it is in a pipe.
struct TextLayout {
    /// Nil: nothing is wrapped.
    let width: Int?

    /// For standard output; lines that are very long are hard to read, however wide the terminal is.
    static func standardOutput() -> TextLayout {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
        else { return TextLayout(width: nil) }
        return TextLayout(width: min(max(Int(size.ws_col), 40), 100))
    }

    /// `text` after `indent` spaces; lines that follow are indented by `hanging` more.
    func paragraph(_ text: String, indent: Int = 0, hanging: Int = 0) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return lines(of: words.map(String.init), indent: indent, hanging: hanging, end: "").joined(separator: "\n")
    }

    /// The words of a call of a program, to be pasted into a shell: a line that goes on ends with a backslash.
    func call(_ words: [String], indent: Int) -> String {
        lines(of: words, indent: indent, hanging: 4, end: " \\").joined(separator: "\n")
    }

    private func lines(of words: [String], indent: Int, hanging: Int, end: String) -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var isEmpty = true
        for (place, word) in words.enumerated() {
            let room = (width ?? .max) - (place == words.count - 1 ? 0 : end.count)
            if !isEmpty, line.count + 1 + word.count > room {
                lines.append(line + end)
                line = String(repeating: " ", count: indent + hanging)
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }
}
