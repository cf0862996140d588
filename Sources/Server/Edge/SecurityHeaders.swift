import HTTPTypes

/// What browsers are told on every answer about what they may do with it.
struct SecurityHeaders: Sendable {
    /// For everything that is not a page: nothing may be loaded by it, and nobody may frame it.
    private static let policy = "default-src 'none'; frame-ancestors 'none'"

    let isHTTPS: Bool

    func apply(to headers: inout HTTPFields) {
        headers[.xContentTypeOptions] = "nosniff"
        headers[.referrerPolicy] = "no-referrer"
        headers[.openerPolicy] = "same-origin"
        headers[.resourcePolicy] = "same-origin"
        headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if isHTTPS { headers[.strictTransportSecurity] = "max-age=63072000" }
        if headers[.contentSecurityPolicy] == nil { headers[.contentSecurityPolicy] = Self.policy }
        // Tokens and users must not rest in a cache; the few answers that may say so themselves.
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }
}
