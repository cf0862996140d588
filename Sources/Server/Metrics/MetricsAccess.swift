import Engine
import HTTPTypes

/// Who may read the metrics: this machine, and the networks in `USHER_METRICS_FROM`.
///
/// A reverse proxy on this machine connects from loopback for the whole world. So a request that shows any sign of a proxy
/// is never taken for one of this machine: it is let in only when a trusted proxy says that it comes from one of the
/// networks.
struct MetricsAccess: Sendable {
    private static let signsOfProxies = [
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via",
    ].map(HTTPField.Name.known)

    let allowed: AddressRanges
    let trustedProxies: AddressRanges
    let publicURL: PublicURL

    /// - Throws: ``CommandFailure`` `FORBIDDEN`, which names the setting.
    func check(_ exchange: Exchange) throws(CommandFailure) {
        guard let peer = exchange.peer.flatMap({ IPAddress($0) }) else { throw refusal("an unknown address") }
        guard isForwarded(exchange, peer) else {
            if peer.isLoopback || allowed.contains(peer) { return }
            throw refusal(exchange.peer)
        }
        guard trustedProxies.contains(peer), exchange.headers[.forwardedFor] != nil else {
            throw CommandFailure.forbidden(
                "`/metrics` is not given to a proxy that is not known. Call this server directly, or list the proxy in "
                    + "USHER_TRUSTED_PROXIES, let it send `X-Forwarded-For`, and list the caller in USHER_METRICS_FROM."
            )
        }
        if exchange.client.address.map(allowed.contains) != true { throw refusal(exchange.client.address) }
    }

    /// Whether somebody else's request is passed on: by its headers or, for proxies that add none, because it was sent to
    /// the public name, which nobody who calls from here needs.
    private func isForwarded(_ exchange: Exchange, _ peer: IPAddress) -> Bool {
        if Self.signsOfProxies.contains(where: { exchange.headers[$0] != nil }) { return true }
        let host = exchange.client.host.map(HostRule.host)
        return peer.isLoopback && !publicURL.origin.isLoopback && host == publicURL.origin.host
    }

    private func refusal(_ address: String?) -> CommandFailure {
        .forbidden(
            "`/metrics` is for this machine and for the networks in USHER_METRICS_FROM; "
                + "\(address ?? "an unknown address") is in none of them.")
    }
}
