/// An address that mail can be sent to: checked, and with its domain in ASCII (RFC 5321 §4.1.2).
///
/// libcurl 7.88 writes an address to the server as it is given, line breaks and all; what passes here cannot carry any.
package struct MailAddress: Sendable, Hashable {
    /// The part before the `@`, as given: letter case can matter to its server. At most 64 bytes.
    package let local: String
    /// The part after the `@` in lower case; an international domain in its ASCII form, `xn--…` (RFC 5890).
    package let domain: String

    /// Checks an address such as `ann@example.com`, without name or angle brackets.
    ///
    /// A local part beyond ASCII is refused, for it needs SMTPUTF8, which many servers lack and libcurl does not check.
    /// Quoted local parts and numeric domains (`"a b"@[10.0.0.1]`) are refused too.
    ///
    /// - Throws: ``MailAddressError``
    package init(_ text: String) throws {
        // Bytes, not characters: an `@` followed by a combining mark is another character.
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { throw MailAddressError.noAt }
        let local = String(decoding: text.utf8[..<at], as: UTF8.self)
        try Self.check(local: local)
        self.local = local
        domain = try DomainName.ascii(String(decoding: text.utf8[text.utf8.index(after: at)...], as: UTF8.self))
        guard self.text.utf8.count <= 254 else { throw MailAddressError.tooLong }
    }

    /// The address as it stands in an envelope: ASCII without spaces.
    package var text: String { "\(local)@\(domain)" }

    private static func check(local: String) throws {
        guard local.utf8.allSatisfy({ $0 < 0x80 }) else { throw MailAddressError.localPartNotASCII }
        guard 1...64 ~= local.utf8.count else { throw MailAddressError.badLocalPart }
        let atoms = local.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isAtomText) }) else {
            throw MailAddressError.badLocalPart
        }
    }
}

extension MailAddress: CustomStringConvertible {
    package var description: String { text }
}

extension UInt8 {
    /// Whether the byte is `atext`, what an address and an unquoted name are made of (RFC 5322 §3.2.3).
    var isAtomText: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(self)
        }
    }
}
