import HTTPTypes
import Prometheus

/// What Prometheus reads.
struct MetricsRoutes: Sendable {
    private let access: MetricsAccess
    private let exposition: Exposition

    init(_ context: HTTPContext) {
        let settings = context.settings
        access = MetricsAccess(
            allowed: settings.metricsFrom, trustedProxies: settings.trustedProxies, publicURL: settings.publicURL)
        exposition = context.metrics.exposition
    }

    var routes: [Route] { [.get("/metrics", scrape).forAnyHost] }

    @Sendable private func scrape(_ exchange: Exchange) async throws -> Response {
        try access.check(exchange)
        var response = Response.bytes(Array(await exposition.text().utf8), type: TextFormat.mediaType)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
