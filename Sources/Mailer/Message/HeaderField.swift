/// One field of a message's header, folded so that no line is longer than 78 characters where that can be (RFC 5322 §2.2).
struct HeaderField {
    let name: String
    /// What folding may separate: joined by one space or one line break with a space.
    private let words: [String]

    /// A field whose value is text for people, such as the subject (RFC 5322 §2.2.1).
    ///
    /// - Throws: ``MessageError/lineBreak(header:)``
    init(_ name: String, text: String) throws {
        try Self.check(text, of: name)
        self.name = name
        words =
            Self.isPlain(text)
            ? text.split(separator: " ").map(String.init) : EncodedWord.words(text, column: name.utf8.count + 2)
    }

    /// A field with a name and an address.
    ///
    /// - Throws: ``MessageError/lineBreak(header:)``
    init(_ name: String, mailbox: Mailbox) throws {
        try Self.check(mailbox.name, of: name)
        try Self.check(mailbox.address.text, of: name)
        self.name = name
        guard !mailbox.name.isEmpty else {
            words = [mailbox.address.text]
            return
        }
        words = Self.phrase(mailbox.name, column: name.utf8.count + 2) + ["<\(mailbox.address.text)>"]
    }

    /// A field whose value is ours and ASCII, with the places where it may be folded.
    ///
    /// - Throws: ``MessageError/lineBreak(header:)``
    init(_ name: String, _ words: String...) throws {
        for word in words { try Self.check(word, of: name) }
        self.name = name
        self.words = words
    }

    /// The field as it stands in the message, with its CRLF.
    var line: String {
        var line = "\(name):"
        var column = line.utf8.count
        for word in words {
            if column + 1 + word.utf8.count > 78, column > name.utf8.count + 1 {
                line += "\r\n"
                column = 0
            }
            line += " \(word)"
            column += 1 + word.utf8.count
        }
        return line + "\r\n"
    }

    /// A name as words: as it is where it may stand so, quoted, or encoded (RFC 5322 §3.2.5).
    private static func phrase(_ name: String, column: Int) -> [String] {
        guard isPlain(name) else { return EncodedWord.words(name, column: column) }
        let words = name.split(separator: " ").map(String.init)
        guard !words.allSatisfy({ $0.utf8.allSatisfy(\.isAtomText) }) else { return words }
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return ["\"\(quoted)\""]
    }

    /// Whether unfolding gives the very text back: printable ASCII in short words, and nothing that looks encoded.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { 0x20...0x7e ~= $0 } && !text.contains("=?") && text.utf8.count <= 200
            && text.split(separator: " ", omittingEmptySubsequences: false).allSatisfy { 1...60 ~= $0.utf8.count }
    }

    private static func check(_ value: String, of name: String) throws {
        let isBroken = value.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
        guard !isBroken else { throw MessageError.lineBreak(header: name) }
    }
}
