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
        if text.hasPrefix("[") { return text.prefix { $0 != "]" } + "]" }
        let host = text.prefix { $0 != ":" }
        return String(host.hasSuffix(".") ? host.dropLast() : host)
    }
}
