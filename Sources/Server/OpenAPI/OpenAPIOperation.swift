import Commands
import Engine
import JSON

/// A route that runs one command.
struct OpenAPIOperation {
    enum Tag: String, CaseIterable {
        case sessions, passwords, administration, webhook, server

        var about: String {
            switch self {
            case .sessions: "Log in, confirm a session, log out."
            case .passwords: "Set a password with a mail's link, or change it."
            case .administration: "For users with the role ADMIN."
            case .webhook: "Commands for shops and scripts."
            case .server: "What machines ask."
            }
        }
    }

    /// Where the input goes.
    enum Place: Equatable {
        case body, optionalBody, query, none
        case path(String)
    }

    let method: String
    let path: String
    let action: Action
    let tag: Tag
    let security: OpenAPISecurity
    let input: Place

    func item(_ descriptor: Descriptor, _ components: inout OpenAPIComponents) -> JSONObject {
        let schema = components.schema(descriptor.input, of: action)
        var output = components.schema(descriptor.output, of: action)
        var item: JSONObject = [
            "operationId": .string(action.camelCase), "tags": [.string(tag.rawValue)],
            "summary": .string(descriptor.summary), "description": .string(descriptor.description),
            "security": security.requirement,
        ]
        switch input {
        case .body, .optionalBody:
            var content: JSONObject = ["schema": schema]
            if let example = descriptor.examples.first { content["example"] = example.input }
            item["requestBody"] = [
                "required": .bool(input == .body), "content": [MediaTypes.json: .object(content)],
            ]
        case .query:
            var parameters = Self.parameters(of: schema, in: "query")
            if action == ListUsers.action {
                // One user comes in an object of its own, a page of them as it is.
                parameters += Self.oneUser
                let user: JSONValue = [
                    "type": "object", "required": ["user"], "properties": ["user": ["type": "object"]],
                ]
                output = ["anyOf": [output, user]]
            }
            item["parameters"] = .array(parameters)
        case .none: break
        case .path(let name):
            item["parameters"] = .array(Self.parameters(of: schema, in: "path").filter { $0["name"] == .string(name) })
        }
        item["responses"] = Self.responses(output, example: descriptor.examples.first?.output)
        return item
    }

    static func responses(_ output: JSONValue, example: JSONValue?) -> JSONValue {
        var content: JSONObject = ["schema": output]
        content["example"] = example
        return [
            "200": ["description": "Done.", "content": [MediaTypes.json: .object(content)]],
            "default": ["$ref": "#/components/responses/Problem"],
        ]
    }

    private static func parameters(of schema: JSONValue, in place: String) -> [JSONValue] {
        (schema["properties"]?.objectValue ?? [:]).map { name, schema in
            ["name": .string(name), "in": .string(place), "required": .bool(place == "path"), "schema": schema]
        }
    }

    private static let oneUser: [JSONValue] = [
        [
            "name": "userId", "in": "query", "schema": ["type": "integer", "minimum": 1],
            "description": "Answer this user alone, as `{\"user\": …}`.",
        ],
        [
            "name": "email", "in": "query", "schema": ["type": "string", "format": "email"],
            "description": "Answer the user with this address alone, as `{\"user\": …}`.",
        ],
    ]
}
