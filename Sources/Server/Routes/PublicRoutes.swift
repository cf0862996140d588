import Engine
import HTTPTypes
import Hummingbird
import JSON
import Mailer

/// What machines read without a token: the public keys, the description of the interface, and the state of health.
struct PublicRoutes: Sendable {
    private let jwks: [UInt8]
    private let openAPI: [UInt8]
    private let readiness: @Sendable () async -> [String]
    private let mailStatus: @Sendable () async -> MailStatus?

    init(_ context: HTTPContext) throws {
        jwks = context.tokens.jwks.serialized()
        openAPI = OpenAPIDocument(
            publicURL: context.settings.publicURL.description, title: context.settings.appName,
            descriptors: context.engine.registry.descriptors
        ).json.serialized()
        readiness = context.readiness
        mailStatus = context.mailStatus
    }

    var routes: [Route] {
        [
            .get("/.well-known/jwks.json") { _ in cached(jwks, "public, max-age=600") }.forAnyHost,
            .get("/openapi.json") { _ in cached(openAPI, "no-cache") },
            .get("/healthz") { _ in .json(["status": "ok"]) }.forAnyHost,
            .get("/readyz", ready).forAnyHost,
        ]
    }

    private func cached(_ bytes: [UInt8], _ control: String) -> Response {
        var response = Response.bytes(bytes, type: MediaTypes.json)
        response.headers[.cacheControl] = control
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
