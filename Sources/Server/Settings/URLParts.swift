/// A URL taken apart (RFC 3986 §3), stricter than the RFC where that finds typing errors.
struct URLParts: Equatable {
    /// In lower case.
    let scheme: String
    /// What stands before `@`, still percent-encoded.
    let userInfo: String?
    /// In lower case; IPv6 in brackets.
    let host: String
    let port: Int?
    /// Empty, or from the first `/` on.
    let path: String
    /// What stands after `?`, or nil.
    let query: String?

    init(_ text: String) throws(WrongValue) {
        guard let separator = text.firstRange(of: "://"), separator.lowerBound > text.startIndex,
            text[..<separator.lowerBound].utf8.allSatisfy({ $0.isLetterOrDigit || $0 == UInt8(ascii: "+") })
        else { throw WrongValue("is not a URL: it does not begin like `https://`.") }
        guard text.unicodeScalars.allSatisfy({ 0x21...0x7e ~= $0.value }) else {
            throw WrongValue(
                "has a character that a URL can't have. Percent-encode it; write a host in its `xn--` form.")
        }
        guard !text.contains("#") else { throw WrongValue("has a `#`. Percent-encode it as %23, or leave it out.") }
        scheme = text[..<separator.lowerBound].lowercased()
        let rest = text[separator.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let queryMark = rest[end...].firstIndex(of: "?") ?? rest.endIndex
        path = String(rest[end..<queryMark])
        query = queryMark == rest.endIndex ? nil : String(rest[queryMark...].dropFirst())

        var authority = rest[..<end]
        if let at = authority.lastIndex(of: "@") {
            userInfo = String(authority[..<at])
            authority = authority[authority.index(after: at)...]
        } else {
            userInfo = nil
        }
        (host, port) = try Self.hostAndPort(authority)
    }

    private static func hostAndPort(_ authority: Substring) throws(WrongValue) -> (String, Int?) {
        // In `[::1]:80` the colon of the port is the one after the bracket.
        let afterHost =
            authority.hasPrefix("[") ? authority.lastIndex(of: "]") ?? authority.endIndex : authority.startIndex
        let colon = authority[afterHost...].firstIndex(of: ":") ?? authority.endIndex
        let host = authority[..<colon].lowercased()
        let isAddress =
            host.hasPrefix("[") && host.hasSuffix("]") && host.contains(":")
            && IPAddress(host.dropFirst().dropLast()) != nil
        guard isAddress || HostName.isWellFormed(host) else { throw WrongValue("has no host, or a wrong one.") }
        guard colon < authority.endIndex else { return (host, nil) }
        do {
            return (host, try SimpleValue.port(String(authority[colon...].dropFirst())))
        } catch {
            throw WrongValue("has a wrong port. Write a number from 1 to 65535.")
        }
    }
}
