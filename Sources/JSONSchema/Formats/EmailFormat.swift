/// Email addresses: the mailbox of RFC 5321 section 4.1.2, and of RFC 6531 where international.
enum EmailFormat {
    static func isEmail(_ text: String, isInternational: Bool = false) -> Bool {
        guard let at = text.lastIndex(of: "@") else { return false }
        let (local, domain) = (text[..<at], text[text.index(after: at)...])
        guard (1...64).contains(local.utf8.count) else { return false }
        return isLocalPart(local, isInternational) && isDomain(domain, isInternational)
    }

    private static func isLocalPart(_ local: Substring, _ isInternational: Bool) -> Bool {
        if local.utf8.first == UInt8(ascii: "\"") { return isQuoted(local, isInternational) }
        return local.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty
                && atom.allSatisfy { byte in
                    byte.isASCIILetter || byte.isASCIIDigit || byte.isOne(of: "!#$%&'*+-/=?^_`{|}~")
                        || isInternational && byte >= 0x80
                }
        }
    }

    private static func isQuoted(_ local: Substring, _ isInternational: Bool) -> Bool {
        var rest = local.utf8.dropFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return rest.isEmpty
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst(), (0x20...0x7E).contains(escaped) else { return false }
            case 0x20...0x7E: break
            case 0x80...: if !isInternational { return false }
            default: return false
            }
        }
        return false
    }

    private static func isDomain(_ domain: Substring, _ isInternational: Bool) -> Bool {
        if domain.hasPrefix("["), domain.hasSuffix("]") {
            let literal = domain.dropFirst().dropLast()
            return literal.lowercased().hasPrefix("ipv6:")
                ? HostFormats.isIPv6(String(literal.dropFirst(5))) : HostFormats.isIPv4(String(literal))
        }
        // Letters beyond ASCII count as letters here; that IDNA allows each of them is not checked.
        let plain = isInternational ? domain.unicodeScalars.map { $0.isASCII ? Character($0) : "x" } : Array(domain)
        return HostFormats.isHostname(String(plain))
    }
}
