import Engine
import HTTPTypes
import Logging

/// Lets pages of the listed origins read the answers of the auth routes (CORS), and nobody else.
struct CrossOrigin: Sendable {
    /// How long a browser may remember what is allowed.
    private static let maximumAge = "600"

    let rule: OriginRule
    let logger: Logger

    /// The answer to a browser's question before a request; nil when this is none.
    ///
    /// - Throws: ``CommandFailure`` `FORBIDDEN` for an origin that is not listed.
    func preflight(_ exchange: Exchange, for route: Route) throws(CommandFailure) -> Response? {
        let headers = exchange.headers
        guard exchange.method == .options, let origin = headers[.origin], headers[.accessControlRequestMethod] != nil
        else { return nil }
        guard rule.isOwn(origin) || rule.isListed(origin) else { throw refusal(origin, exchange) }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: route.allow, .accessControlAllowHeaders: "Authorization, Content-Type",
                .accessControlMaxAge: Self.maximumAge,
            ])
    }

    /// - Throws: ``CommandFailure`` `FORBIDDEN` when another site makes a browser send our cookie.
    func checkCookieBearing(_ exchange: Exchange) throws(CommandFailure) {
        do {
            try rule.checkCookieBearing(exchange.headers)
        } catch {
            throw logged(error, exchange)
        }
    }

    func apply(to headers: inout HTTPFields, of exchange: Exchange) {
        headers[.vary] = "Origin"
        guard let origin = exchange.headers[.origin], rule.isOwn(origin) || rule.isListed(origin) else { return }
        headers[.accessControlAllowOrigin] = origin
        headers[.accessControlAllowCredentials] = "true"
        headers[.accessControlExposeHeaders] = "Retry-After, X-Request-Id"
    }

    private func refusal(_ origin: String, _ exchange: Exchange) -> CommandFailure {
        logged(OriginRule.foreign(origin), exchange)
    }

    /// In the log too: who has to change the setting does not see the answer.
    private func logged(_ failure: CommandFailure, _ exchange: Exchange) -> CommandFailure {
        logger.warning(
            "\(failure.detail)", metadata: ["requestId": "\(exchange.id)", "path": "\(RequestLog.safe(exchange.path))"])
        return failure
    }
}
