import Engine
import JSON

/// Where the input of a command goes.
enum OpenAPIPlace: Equatable {
    case body, optionalBody, query, none
    case path(String)
}

/// A route that runs one command, made of its descriptor.
struct OpenAPICommand {
    let descriptor: Descriptor
    let place: OpenAPIPlace
    let setsCookie: Bool
    /// The command that runs instead where the query has its parameters; its answer comes as a member `user`.
    var single: Descriptor?
    /// Members of a body's input that may stand in the query instead.
    var alsoInQuery: [String] = []
    /// What a list of `actions` may hold.
    let actions: [Action]

    func parts(_ components: inout OpenAPIComponents) -> OpenAPIParts {
        let action = descriptor.action
        let overlay = OpenAPIOverlay(descriptor)
        let shipped = withActions(components.schema(descriptor.input, of: action))
        let input = components.tightened(
            shipped, by: overlay, withAction: descriptor.channels.contains(.webhook))
        let output = components.schema(descriptor.output, of: action)
        let examples = descriptor.examples.enumerated().map { (name: "example-\($0.offset + 1)", value: $0.element) }
        var parts = OpenAPIParts(
            id: action.camelCase, summary: descriptor.summary, description: descriptor.description,
            isDeprecated: descriptor.deprecation != nil,
            answers: [
                OpenAPIAnswer(
                    schema: output,
                    examples: Self.outputs(examples),
                    headers: setsCookie ? ["Set-Cookie": OpenAPIHeader.cookie] : [:])
            ])
        switch place {
        case .body, .optionalBody:
            let content = OpenAPIAnswer.content(input, examples.map { ($0.name, $0.value.input) })
            parts.requestBody = ["required": .bool(place == .body), "content": [MediaTypes.json: content]]
            parts.parameters = OpenAPIParameter.all(of: descriptor, input, in: "query", components).filter {
                alsoInQuery.contains($0["name"]?.stringValue ?? "")
            }
        case .query: parts.parameters = OpenAPIParameter.all(of: descriptor, input, in: "query", components)
        case .path: parts.parameters = OpenAPIParameter.all(of: descriptor, input, in: "path", components)
        case .none: break
        }
        if let single { add(single, to: &parts, &components) }
        return parts
    }

    /// The schema of the input; the names of actions, which only the registry knows, are listed in it.
    private func withActions(_ schema: JSONValue) -> JSONValue {
        guard var input = schema.objectValue, var members = input["properties"]?.objectValue,
            var list = members["actions"]?.objectValue
        else { return schema }
        list["items"] = ["type": "string", "enum": .array(actions.map { .string($0.rawValue) })]
        members["actions"] = .object(list)
        input["properties"] = .object(members)
        return .object(input)
    }

    private static func outputs(_ examples: [(name: String, value: Descriptor.Example)])
        -> [(name: String, value: JSONValue)]
    {
        examples.compactMap { example in
            guard let output = example.value.output else { return nil }
            return (example.name, output)
        }
    }

    private func add(_ single: Descriptor, to parts: inout OpenAPIParts, _ components: inout OpenAPIComponents) {
        let alone = Self.alone(single, &components)
        parts.parameters += alone.parameters
        parts.answers[0].schema = ["anyOf": [parts.answers[0].schema ?? true, alone.answers[0].schema ?? true]]
        parts.answers[0].examples += alone.answers[0].examples
    }

    /// The command that runs where the query has its parameters, as if there were no other.
    static func alone(_ single: Descriptor, _ components: inout OpenAPIComponents) -> OpenAPIParts {
        let input = components.tightened(
            components.schema(single.input, of: single.action), by: OpenAPIOverlay(single),
            withAction: single.channels.contains(.webhook))
        let user: JSONValue = [
            "type": "object", "required": ["user"],
            "properties": ["user": components.schema(single.output, of: single.action)], "additionalProperties": false,
        ]
        let example = single.examples.lazy.compactMap(\.output).first.map {
            (name: "one", value: ["user": $0] as JSONValue)
        }
        return OpenAPIParts(
            id: single.action.camelCase, summary: single.summary, description: single.description,
            isDeprecated: single.deprecation != nil,
            parameters: OpenAPIParameter.all(of: single, input, in: "query", components),
            answers: [OpenAPIAnswer(schema: user, examples: [example].compactMap(\.self))])
    }
}
