import Engine

/// Which `Host` a request may name. Another one is a mistake in a proxy, or somebody else's name pointed at this server.
struct HostRule: Sendable {
    let publicURL: PublicURL
    let listensOnLoopback: Bool

    /// - Throws: ``CommandFailure`` `MISDIRECTED_REQUEST`, or `MALFORMED_REQUEST` without any host (RFC 9112 §3.2).
    func check(_ authority: String?) throws(CommandFailure) {
        guard let authority, !authority.isEmpty else {
            throw CommandFailure(
                .malformedRequest, "The request has no `Host`. Send `Host: \(publicURL.origin.authority)`.")
        }
        let host = Self.host(of: authority)
        let isOurs = host == publicURL.origin.host
        let isLocal = (listensOnLoopback || publicURL.origin.isLoopback) && HostName.isLoopback(host)
        guard isOurs || isLocal else {
            throw CommandFailure(
                .misdirectedRequest,
                "This server does not answer for that `Host`. Call it by its public URL, \(publicURL); its operator sets "
                    + "that by USHER_PUBLIC_URL.")
        }
    }

    /// In lower case, without the port and the final dot.
    static func host(of authority: String) -> String {
        let text = authority.lowercased()
        let bytes = text.utf8
        if bytes.first == UInt8(ascii: "["), let end = bytes.firstIndex(of: UInt8(ascii: "]")) {
            return String(text[...end])
        }
        var host = bytes[..<(bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex)]
        if host.last == UInt8(ascii: ".") { host.removeLast() }
        return String(Substring(host))
    }
}
