/// A name and an address, as in `Ann Lee <ann@example.com>` (RFC 5322 §3.4).
package struct Mailbox: Sendable, Hashable {
    /// What people are shown; empty for none.
    package let name: String
    package let address: MailAddress

    /// Line breaks and other control characters in `name` become spaces: they may not stand in a header.
    package init(name: String = "", address: MailAddress) {
        self.name = name.withoutControls()
        self.address = address
    }

    /// Reads `ann@example.com`, `Ann Lee <ann@example.com>` or `"Lee, Ann" <ann@example.com>`.
    ///
    /// - Throws: ``MailAddressError``
    package init(_ text: String) throws {
        let text = text.withoutControls()
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
            self.init(address: try MailAddress(text))
            return
        }
        let address = text[text.index(after: open)...].dropLast()
        self.init(name: Self.unquoted(text[..<open]), address: try MailAddress(String(address)))
    }

    private static func unquoted(_ text: Substring) -> String {
        let name = String(text).withoutControls()
        guard name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") else { return name }
        var isEscaped = false
        let characters = name.dropFirst().dropLast().filter { character in
            isEscaped = character == "\\" && !isEscaped
            return !isEscaped
        }
        return String(characters)
    }
}

extension String {
    /// The text with control characters as spaces, and with no space at either end.
    func withoutControls() -> String {
        // Nearly every name has none, and nothing beyond ASCII.
        if let first = utf8.first, first != 0x20, utf8.last != 0x20, utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) {
            return self
        }
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(String(scalars).trimmingSpaces())
    }

    private func trimmingSpaces() -> Substring.UnicodeScalarView {
        let fromFirst = unicodeScalars.drop { $0 == " " }
        guard let last = fromFirst.lastIndex(where: { $0 != " " }) else { return fromFirst.prefix(0) }
        return fromFirst[...last]
    }
}
