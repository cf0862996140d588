import Engine
import JSON

/// The description of the interface (OpenAPI 3.1), made of the routes and the registry.
struct OpenAPIDocument {
    static let version = "3.1.0"

    let publicURL: PublicURL
    let title: String
    let routes: [Route]
    let descriptors: [Descriptor]

    var json: JSONValue {
        var components = OpenAPIComponents()
        let paths = paths(&components)
        return [
            "openapi": .string(Self.version),
            "info": [
                "title": .string(title), "version": "1", "summary": "Users, licences with seats, and sessions.",
                "description": .string(Self.about),
            ],
            "servers": [["url": .string(publicURL.description)]],
            "tags": .array(
                OpenAPIOperation.Tag.allCases.map { ["name": .string($0.rawValue), "description": .string($0.about)] }),
            "paths": .object(paths),
            "components": components.json(isHTTPS: publicURL.isHTTPS),
        ]
    }

    /// What holds everywhere and would only make each operation longer.
    private static let about = """
        Fields and codes are added, never changed. HEAD is answered as GET is, without the body. On the paths below \
        `/api/auth` OPTIONS answers a browser's question before a request from another origin (CORS).
        """

    private func paths(_ components: inout OpenAPIComponents) -> JSONObject {
        let known = Dictionary(routes.map { ($0.path, $0) }) { first, _ in first }
        var paths = JSONObject()
        for operation in OpenAPIOperation.all {
            guard let route = known[operation.path], let item = operation.item(of: route, descriptors, &components)
            else { continue }
            var methods = paths[operation.path]?.objectValue ?? [:]
            methods[operation.method] = .object(item)
            paths[operation.path] = .object(methods)
        }
        return paths
    }
}
