import HTTPTypes

extension HTTPField.Name {
    static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header") }
        return name
    }

    static let secFetchSite = known("Sec-Fetch-Site")
    static let deprecation = known("Deprecation")
    static let forwardedFor = known("X-Forwarded-For")
    static let requestID = known("X-Request-Id")
    static let acceptPost = known("Accept-Post")
    static let referrerPolicy = known("Referrer-Policy")
    static let openerPolicy = known("Cross-Origin-Opener-Policy")
    static let resourcePolicy = known("Cross-Origin-Resource-Policy")
    static let permissionsPolicy = known("Permissions-Policy")
}
