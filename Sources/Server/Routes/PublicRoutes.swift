import Engine
import HTTPTypes
import JSON
import Mailer

/// What machines read without a token: the public keys and the state of health.
struct PublicRoutes: Sendable {
    private let jwks: @Sendable () -> JSONValue
    private let readiness: @Sendable () async -> [String]
    private let mailStatus: @Sendable () async -> MailStatus?

    init(_ context: HTTPContext) {
        jwks = context.tokens.jwks
        readiness = context.readiness
        mailStatus = context.mailStatus
    }

    var routes: [Route] {
        [
            .get("/.well-known/jwks.json", keys).forAnyHost,
            .get("/healthz") { _ in .json(["status": "ok"]) }.forAnyHost,
            .get("/readyz", ready).forAnyHost,
        ]
    }

    @Sendable private func keys(_ exchange: Exchange) -> Response {
        var response = Response.json(jwks())
        response.headers[.cacheControl] = "public, max-age=600"
        return response
    }

    @Sendable private func ready(_ exchange: Exchange) async throws -> Response {
        let problems = await readiness()
        guard !problems.isEmpty else {
            // Mail that is paused is kept, and no reason to send people elsewhere.
            return .json(["status": "ok", "mail": await mailStatus()?.json ?? .null])
        }
        var failure = CommandFailure.unavailable("The server is not ready: " + problems.joined(separator: " "))
        failure.members["problems"] = .array(problems.map { .string($0) })
        throw failure
    }
}
