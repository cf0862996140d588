import HTTPTypes

/// What browsers are told on every answer about what they may do with it, as lines that are ready to be sent.
struct SecurityHeaders: Sendable {
    /// For everything that is not a page: nothing may be loaded by it, and nobody may frame it.
    private static let policy = Array(
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n".utf8)
    /// Tokens and users must not rest in a cache.
    private static let noStore = Array("Cache-Control: no-store\r\n".utf8)

    private let always: [UInt8]
    /// Those of an answer that says nothing of its own.
    private let usual: [UInt8]

    init(isHTTPS: Bool) {
        var always: HTTPFields = [
            .xContentTypeOptions: "nosniff", .referrerPolicy: "no-referrer", .openerPolicy: "same-origin",
            .resourcePolicy: "same-origin", .permissionsPolicy: "camera=(), geolocation=(), microphone=()",
        ]
        if isHTTPS { always[.strictTransportSecurity] = "max-age=63072000" }
        self.always = always.flatMap { Array("\($0.name.rawName): \($0.value)\r\n".utf8) }
        usual = self.always + Self.policy + Self.noStore
    }

    /// The lines for an answer with these headers; a policy and a rule for caches that it has of its own stay.
    func lines(beside headers: HTTPFields) -> [UInt8] {
        let (hasPolicy, hasCacheRule) = (headers.contains(.contentSecurityPolicy), headers.contains(.cacheControl))
        if !hasPolicy, !hasCacheRule { return usual }
        return always + (hasPolicy ? [] : Self.policy) + (hasCacheRule ? [] : Self.noStore)
    }
}
