import Engine
import HTTPTypes

/// Reads from a request which device it comes from; forwarded headers only when a trusted proxy sends them.
struct ClientReader: Sendable {
    private static let maximumLength = 500
    private static let maximumGeoLength = 100

    let trustedProxies: AddressRanges
    let geoHeaders: GeoHeaders

    func client(of request: HTTPRequest, peer: String?) -> Client {
        let headers = request.headerFields
        let isProxied = isTrusted(peer)
        func place(_ name: HTTPField.Name?) -> String? {
            isProxied ? name.flatMap { headers[$0] }.flatMap(Self.decoded) : nil
        }
        let address = isProxied ? forwarded(headers, peer: peer) : peer
        return Client(
            address: address, network: address.flatMap { IPAddress($0) }?.network ?? "unknown",
            userAgent: headers[.userAgent].map(Self.cut),
            host: request.authority.map(Self.cut),
            country: place(geoHeaders.country), city: place(geoHeaders.city), region: place(geoHeaders.region))
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= maximumLength ? text : String(text.prefix(maximumLength))
    }

    /// Whether what comes from there was sent by a proxy of the operator's.
    func isTrusted(_ peer: String?) -> Bool { peer.map(trustedProxies.contains) ?? false }

    /// Walks `X-Forwarded-For` from the right, past the proxies that we trust: what stands left of them anybody can write.
    private func forwarded(_ headers: HTTPFields, peer: String?) -> String? {
        var address = peer
        let hops = headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
        for hop in hops.reversed() {
            let hop = Self.withoutPort(hop.trimmed())
            guard let parsed = IPAddress(hop) else { return address }
            address = String(hop)
            guard trustedProxies.contains(parsed) else { return address }
        }
        return address
    }

    /// Some proxies write `192.0.2.1:5000` and `[2001:db8::1]:5000`.
    private static func withoutPort(_ hop: Substring) -> Substring {
        if hop.hasPrefix("[") { return hop.dropFirst().prefix { $0 != "]" } }
        return hop.contains(".") ? hop.prefix { $0 != ":" } : hop
    }

    private static func decoded(_ text: String) -> String? {
        guard let decoded = PercentEncoding.decode(text), decoded.isOneLine, !decoded.isEmpty else { return nil }
        return String(decoded.prefix(maximumGeoLength))
    }
}
