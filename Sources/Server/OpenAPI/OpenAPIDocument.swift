import Engine
import JSON

/// The description of the interface (OpenAPI 3.1), made of the registry.
struct OpenAPIDocument {
    let publicURL: String
    let title: String
    let descriptors: [Descriptor]

    var json: JSONValue {
        var components = OpenAPIComponents()
        let paths = paths(&components)
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string(title), "version": "1",
                "description": "Users, licences with seats, and sessions. Fields are added, never changed.",
            ],
            "servers": [["url": .string(publicURL)]],
            "tags": .array(
                OpenAPIOperation.Tag.allCases.map { ["name": .string($0.rawValue), "description": .string($0.about)] }),
            "paths": .object(paths),
            "components": components.json,
        ]
    }

    private func paths(_ components: inout OpenAPIComponents) -> JSONObject {
        var paths = JSONObject()
        func add(_ item: JSONObject, _ method: String, _ path: String) {
            var methods = paths[path]?.objectValue ?? [:]
            methods[method] = .object(item)
            paths[path] = .object(methods)
        }
        let known = Dictionary(descriptors.map { ($0.action, $0) }) { first, _ in first }
        for operation in OpenAPIOperation.all {
            guard let descriptor = known[operation.action], descriptor.channels.contains(.http) else { continue }
            add(operation.item(descriptor, &components), operation.method, operation.path)
        }
        let commands = descriptors.filter { $0.channels.contains(.webhook) }
        if !commands.isEmpty {
            add(OpenAPIWebhook(commands: commands).item(&components), "post", "/api/webhook")
        }
        for (path, item) in OpenAPIOperation.withoutCommand { add(item, "get", path) }
        return paths
    }
}
