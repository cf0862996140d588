import Engine
import HTTPTypes
import JSON
import Mailer
import Synchronization

/// What machines read without a token: the public keys, the description of the interface, and the state of health.
struct PublicRoutes: Sendable {
    private let jwks: @Sendable () -> JSONValue
    private let openAPI: OpenAPICache
    private let readiness: @Sendable () async -> [String]
    private let mailStatus: @Sendable () async -> MailStatus?

    init(_ context: HTTPContext) {
        jwks = context.tokens.jwks
        openAPI = OpenAPICache(context)
        readiness = context.readiness
        mailStatus = context.mailStatus
    }

    var routes: [Route] {
        [
            .get("/.well-known/jwks.json") { _ in cached(jwks().serialized(), "public, max-age=600") }.forAnyHost,
            .get("/openapi.json") { _ in cached(openAPI.bytes, "no-cache") },
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

/// The description of the interface, built for the first who asks after a registry has come into use.
private final class OpenAPICache: Sendable {
    private let context: HTTPContext
    private let built = Mutex<(edition: Int, bytes: [UInt8])?>(nil)

    init(_ context: HTTPContext) {
        self.context = context
    }

    var bytes: [UInt8] {
        let edition = context.engine.edition
        return built.withLock { built in
            if let built, built.edition == edition.number { return built.bytes }
            let bytes = OpenAPIDocument(
                publicURL: context.settings.publicURL.description, title: context.settings.appName,
                descriptors: edition.registry.descriptors
            ).json.serialized()
            built = (edition.number, bytes)
            return bytes
        }
    }
}
