import Engine
import HTTPTypes
import JSON
import Synchronization

/// Answers with the description of the interface, built for the first who asks after a registry has come into use.
final class OpenAPIRoute: Sendable {
    private static let path = "/openapi.json"

    private let context: HTTPContext
    private let others: [Route]
    private let built = Mutex<(edition: Int, bytes: [UInt8])?>(nil)

    /// `others` are all other routes.
    init(_ context: HTTPContext, describing others: [Route]) {
        self.context = context
        self.others = others
    }

    var route: Route {
        .get(Self.path) { _ in
            var response = Response.bytes(self.bytes, type: MediaTypes.json)
            response.headers[.cacheControl] = "no-cache"
            return response
        }
    }

    private var bytes: [UInt8] {
        let edition = context.engine.edition
        return built.withLock { built in
            if let built, built.edition == edition.number { return built.bytes }
            let bytes = OpenAPIDocument(
                publicURL: context.settings.publicURL, title: context.settings.appName, routes: others + [route],
                descriptors: edition.registry.descriptors
            ).json.serialized()
            built = (edition.number, bytes)
            return bytes
        }
    }
}
