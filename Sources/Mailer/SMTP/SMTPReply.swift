/// What the server said to one command (RFC 5321 §4.2).
struct SMTPReply: Hashable {
    let code: Int
    /// All lines without their codes, control characters replaced, at most 500 characters.
    let text: String

    /// - Parameter lines: As received, e.g. `550-5.1.1 No such user`.
    init?(lines: [String]) {
        guard let last = lines.last, let code = Int(last.prefix(3)), 200...599 ~= code else { return nil }
        self.code = code
        let texts = lines.map { String($0.dropFirst(4)).withoutControls() }
        text = String(texts.joined(separator: " ").prefix(500))
    }

    /// The status of RFC 3463 with which the text begins: `5.7.1`.
    var enhancedStatus: [Int]? {
        let numbers = text.prefix { $0 != " " }.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3, numbers[0] == code / 100 else { return nil }
        let known = numbers.compactMap(\.self)
        return known.count == 3 ? known : nil
    }

    var isPositive: Bool { 200..<300 ~= code }
}
