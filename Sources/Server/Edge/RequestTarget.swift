import Engine
import NIOHTTP1

/// What a request asks for (RFC 9112 §3.2).
struct RequestTarget {
    /// From the absolute form; nil when `Host` alone says it.
    let authority: String?
    /// With the query. `*` and the authority of CONNECT stay as they are: they are no route.
    let path: String

    /// - Throws: ``CommandFailure`` `MALFORMED_REQUEST`.
    init(_ text: String, method: HTTPMethod) throws(CommandFailure) {
        // RFC 3986 has neither spaces nor anything beyond ASCII in a URI, and a fragment is never sent.
        guard !text.isEmpty, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "#") }) else {
            throw .malformed("The request target has a character that must be percent-encoded.")
        }
        if text.hasPrefix("/") || method == .CONNECT || (text == "*" && method == .OPTIONS) {
            (authority, path) = (nil, text)
            return
        }
        guard let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw .malformed("The request target is a path, such as `/healthz`, or a whole URL.")
        }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest.dropFirst(authority.count)
        self.authority = try HostField.checked(String(authority))
        self.path = path.hasPrefix("/") ? String(path) : "/" + path
    }
}

/// The header that says for which server a request is (RFC 9112 §3.2).
enum HostField {
    /// - Throws: ``CommandFailure`` `MALFORMED_REQUEST` when there are several, none in HTTP/1.1, or a wrong one.
    static func read(_ head: HTTPRequestHead) throws(CommandFailure) -> String? {
        let hosts = head.headers["host"]
        guard hosts.count <= 1 else { throw .malformed("`Host` was sent more than once.") }
        guard let host = hosts.first else {
            guard head.version != .http1_1 else {
                throw .malformed("The request has no `Host`, which HTTP/1.1 demands.")
            }
            return nil
        }
        return try checked(host)
    }

    private static let forbidden = Array("/?#@\\,\"<>[]".utf8)

    /// `host` or `host:port`, without a user before them: what stands before an `@` must never pass for the host.
    static func checked(_ text: String) throws(CommandFailure) -> String {
        let bytes = text.utf8
        let colon = bytes.lastIndex { !(0x30...0x39 ~= $0) }.flatMap { bytes[$0] == UInt8(ascii: ":") ? $0 : nil }
        let host = bytes[..<(colon ?? bytes.endIndex)]
        let isBracketed = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]")
        // An IPv6 address has colons itself, and so stands in brackets (RFC 3986 §3.2.2).
        let name = isBracketed ? host.dropFirst().dropLast() : host
        let isHost = name.allSatisfy {
            0x21...0x7E ~= $0 && !forbidden.contains($0) && (isBracketed || $0 != UInt8(ascii: ":"))
        }
        guard !name.isEmpty, isHost else {
            throw .malformed("`Host` is a name or an address, with or without a port.")
        }
        return text
    }
}
