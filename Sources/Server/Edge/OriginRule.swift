import Engine
import HTTPTypes

/// Which other sites may act with a user's cookies: those that the operator lists.
struct OriginRule: Sendable {
    let publicURL: PublicURL
    let allowed: Set<WebOrigin>

    /// Whether a page of that origin, the value of an `Origin` header, is ours.
    func isOwn(_ header: String) -> Bool {
        guard let origin = WebOrigin(header) else { return false }
        let own = publicURL.origin
        // On this machine localhost, 127.0.0.1 and [::1] are one host.
        let isSameHost = origin.host == own.host || (origin.isLoopback && own.isLoopback)
        return isSameHost && origin.port == own.port && origin.scheme == own.scheme
    }

    func isListed(_ header: String) -> Bool { WebOrigin(header).map(allowed.contains) ?? false }

    /// Refuses what another site makes a browser send along with our cookie. Who sends neither header is a program.
    ///
    /// - Throws: ``CommandFailure`` `FORBIDDEN`.
    func checkCookieBearing(_ headers: HTTPFields) throws(CommandFailure) {
        if let origin = headers[.origin] {
            guard isOwn(origin) || isListed(origin) else { throw Self.foreign(origin) }
        } else if headers[.secFetchSite] == "cross-site" {
            throw Self.foreign(nil)
        }
    }

    /// Refuses a form that was not sent from a page of ours.
    ///
    /// `Origin: null` alone says nothing: under `Referrer-Policy: no-referrer`, which our pages have, browsers send it with
    /// our own forms too (Fetch, "append a request Origin header"), and older ones send no `Sec-Fetch-Site` beside it.
    ///
    /// - Throws: ``CommandFailure`` `FORBIDDEN`.
    func checkForm(_ headers: HTTPFields) throws(CommandFailure) {
        let site = headers[.secFetchSite] ?? "same-origin"
        let origin = headers[.origin] ?? "null"
        guard ["same-origin", "none"].contains(site), origin == "null" || isOwn(origin) else {
            throw .forbidden("This form was sent from another site. Open the page here, and send it from there.")
        }
    }

    static func foreign(_ origin: String?) -> CommandFailure {
        guard let origin = origin.flatMap({ WebOrigin($0) }) else {
            return .forbidden("Another site sent this request. Add its origin to USHER_ALLOWED_ORIGINS to let it.")
        }
        return .forbidden("The origin \(origin) is not allowed. Add it to USHER_ALLOWED_ORIGINS to let it.")
    }
}
