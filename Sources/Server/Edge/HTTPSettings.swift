/// What the HTTP side is told by the operator.
package struct HTTPSettings: Sendable {
    /// The only source of links; its host is the one that requests must name.
    package let publicURL: PublicURL
    /// Whether nobody but this machine can connect.
    package let listensOnLoopback: Bool
    /// Origins other than the public URL's own that may send cookies.
    package let allowedOrigins: Set<WebOrigin>
    package let trustedProxies: AddressRanges
    /// Who, beside this machine, may read the metrics.
    package let metricsFrom: AddressRanges
    package let geoHeaders: GeoHeaders
    /// How pages name the application.
    package let appName: String
    /// Where "Continue" leads after a new password.
    package let appURL: String?

    package init(
        publicURL: PublicURL, listensOnLoopback: Bool, allowedOrigins: Set<WebOrigin> = [],
        trustedProxies: AddressRanges = .none, metricsFrom: AddressRanges = .none, geoHeaders: GeoHeaders = .standard,
        appName: String = "Usher", appURL: String? = nil
    ) {
        self.publicURL = publicURL
        self.listensOnLoopback = listensOnLoopback
        self.allowedOrigins = allowedOrigins
        self.trustedProxies = trustedProxies
        self.metricsFrom = metricsFrom
        self.geoHeaders = geoHeaders
        self.appName = appName
        self.appURL = appURL
    }

    package init(_ settings: Settings) {
        let host = settings.listen.host
        self.init(
            publicURL: settings.web.publicURL,
            listensOnLoopback: HostName.isLoopback(host.contains(":") ? "[\(host)]" : host),
            allowedOrigins: settings.web.allowedOrigins, trustedProxies: settings.web.trustedProxies,
            metricsFrom: settings.web.metricsFrom, geoHeaders: settings.web.geoHeaders, appName: settings.app.name,
            appURL: settings.app.url)
    }
}
