import JSON

/// Email addresses: the mailbox of RFC 5321 section 4.1.2, and of RFC 6531 where international.
enum EmailFormat {
    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    static func isEmail(_ text: String, isInternational: Bool = false) -> Bool {
        text.withBytes { bytes in
            guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
            let (local, domain) = (bytes[..<at], bytes[(at + 1)...])
            guard (1...64).contains(local.count) else { return false }
            return isLocalPart(local, isInternational) && isDomain(domain, isInternational)
        }
    }

    private static func isLocalPart(_ local: Bytes, _ isInternational: Bool) -> Bool {
        if local.first == UInt8(ascii: "\"") { return isQuoted(local, isInternational) }
        // A dot stands between atoms only.
        var isBehindDot = true
        for byte in local {
            if byte == UInt8(ascii: ".") {
                if isBehindDot { return false }
                isBehindDot = true
            } else {
                guard
                    byte.isASCIILetter || byte.isASCIIDigit || isAtomMark(byte)
                        || isInternational && byte >= 0x80
                else { return false }
                isBehindDot = false
            }
        }
        return !isBehindDot
    }

    private static func isAtomMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "?"),
            UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func isQuoted(_ local: Bytes, _ isInternational: Bool) -> Bool {
        var rest = local.dropFirst()
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

    private static func isDomain(_ domain: Bytes, _ isInternational: Bool) -> Bool {
        if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]"), domain.count > 1 {
            let literal = domain.dropFirst().dropLast()
            let isIPv6 = literal.prefix(5).elementsEqual("ipv6:".utf8, by: { $0 | 0x20 == $1 | 0x20 })
            return isIPv6 ? HostFormats.isIPv6(literal.dropFirst(5)) : HostFormats.isIPv4(literal)
        }
        guard isInternational else { return HostFormats.isHostname(domain) }
        return HostFormats.isInternationalHostname(String(decoding: domain, as: UTF8.self))
    }
}
