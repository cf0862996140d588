/// URIs (RFC 3986) and IRIs (RFC 3987).
enum URIFormat {
    static func isURI(_ text: String, allowsRelative: Bool = false, isInternational: Bool = false) -> Bool {
        let characters = Characters(isInternational: isInternational)
        var rest = text.utf8[...]
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard characters.allow(rest[rest.index(after: hash)...], besides: ":@/?") else { return false }
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard characters.allow(rest[rest.index(after: mark)...], besides: ":@/?", isQuery: true) else {
                return false
            }
            rest = rest[..<mark]
        }
        let hasScheme = takeScheme(&rest)
        guard hasScheme || allowsRelative else { return false }
        return isHierarchy(rest, hasScheme: hasScheme, characters)
    }

    /// Takes a scheme and its colon, if the text begins so.
    private static func takeScheme(_ rest: inout Substring.UTF8View) -> Bool {
        guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), rest.first?.isASCIILetter ?? false,
            rest[..<colon].allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0.isOne(of: "+-.") })
        else { return false }
        rest = rest[rest.index(after: colon)...]
        return true
    }

    private static func isHierarchy(_ text: Substring.UTF8View, hasScheme: Bool, _ characters: Characters) -> Bool {
        guard text.starts(with: "//".utf8) else {
            // The first segment of a relative path has no colon: it would look like a scheme.
            let segment = text.prefix { $0 != UInt8(ascii: "/") }
            return (hasScheme || !segment.contains(UInt8(ascii: ":"))) && characters.allow(text, besides: ":@/")
        }
        let authority = text.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
        return isAuthority(authority, characters) && characters.allow(text[authority.endIndex...], besides: ":@/")
    }

    private static func isAuthority(_ authority: Substring.UTF8View, _ characters: Characters) -> Bool {
        var host = authority
        if let at = authority.firstIndex(of: UInt8(ascii: "@")) {
            guard characters.allow(authority[..<at], besides: ":") else { return false }
            host = authority[authority.index(after: at)...]
        }
        if host.first == UInt8(ascii: "[") {
            guard let end = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let port = host[host.index(after: end)...]
            return isLiteral(host[..<end].dropFirst()) && (port.isEmpty || isPort(port))
        }
        let name = host.prefix { $0 != UInt8(ascii: ":") }
        let port = host[name.endIndex...]
        return characters.allow(name, besides: "") && (port.isEmpty || isPort(port))
    }

    /// With its colon.
    private static func isPort(_ port: Substring.UTF8View) -> Bool {
        port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isASCIIDigit)
    }

    /// What stands in brackets: an IPv6 address, or `v`, a version and a future address.
    private static func isLiteral(_ literal: Substring.UTF8View) -> Bool {
        guard literal.first == UInt8(ascii: "v") || literal.first == UInt8(ascii: "V") else {
            return HostFormats.isIPv6(String(Substring(literal)))
        }
        let version = literal.dropFirst().prefix { $0.isHexDigit }
        let address = literal[version.endIndex...].dropFirst()
        return !version.isEmpty && literal[version.endIndex...].first == UInt8(ascii: ".") && !address.isEmpty
            && Characters(isInternational: false).allow(address, besides: ":")
            && !address.contains(UInt8(ascii: "%"))
    }

    /// Which characters a part may have.
    private struct Characters {
        let isInternational: Bool

        /// Whether all are unreserved, sub-delimiters, escapes or one of `others`.
        func allow(_ text: Substring.UTF8View, besides others: StaticString, isQuery: Bool = false) -> Bool {
            var rest = text
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "%") {
                    guard rest.popFirst()?.isHexDigit ?? false, rest.popFirst()?.isHexDigit ?? false else {
                        return false
                    }
                } else if byte >= 0x80 {
                    guard isInternational else { return false }
                } else if !(byte.isASCIILetter || byte.isASCIIDigit || byte.isOne(of: "-._~!$&'()*+,;=")
                    || byte.isOne(of: others))
                {
                    return false
                }
            }
            return !isInternational || Substring(text).unicodeScalars.allSatisfy { isAllowed($0, isQuery: isQuery) }
        }

        /// RFC 3987 section 2.2: `ucschar`, and `iprivate` in a query.
        private func isAllowed(_ scalar: Unicode.Scalar, isQuery: Bool) -> Bool {
            switch scalar.value {
            case 0..<0x80, 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
            case 0xE000...0xF8FF, 0xF0000...: isQuery
            case 0x10000...0xEFFFF: scalar.value & 0xFFFF <= 0xFFFD && !(0xE0000..<0xE1000).contains(scalar.value)
            default: false
            }
        }
    }
}
