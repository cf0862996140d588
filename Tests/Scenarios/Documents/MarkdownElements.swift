/// The parts of a Markdown text that matter for its snippets, in order; blank lines are none.
struct MarkdownElements: Sequence, IteratorProtocol {
    enum Element {
        case comment(String, line: Int)
        case block(language: String, text: String, line: Int)
        /// A line of anything else.
        case other(String)
    }

    private let lines: [Substring]
    private var index = 0

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    mutating func next() -> Element? {
        while index < lines.count, lines[index].allSatisfy(\.isWhitespace) { index += 1 }
        guard index < lines.count else { return nil }
        let line = lines[index]
        let number = index + 1
        index += 1
        if line.hasPrefix("```") {
            return .block(language: String(line.dropFirst(3)), text: collect { $0.hasPrefix("```") }, line: number)
        }
        guard line.hasPrefix("<!--") else { return .other(String(line)) }
        if line.hasSuffix("-->") { return .comment(String(line.dropFirst(4).dropLast(3)), line: number) }
        return .comment(line.dropFirst(4) + "\n" + collect { $0.hasPrefix("-->") }, line: number)
    }

    /// Everything up to a line that ends it, which is passed over.
    private mutating func collect(until isEnd: (Substring) -> Bool) -> String {
        let end = lines[index...].firstIndex(where: isEnd) ?? lines.count
        defer { index = end + 1 }
        return lines[index..<end].map { $0 + "\n" }.joined()
    }
}
