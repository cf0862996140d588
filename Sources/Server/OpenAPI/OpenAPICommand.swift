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
        let input = withActions(components.schema(descriptor.input, of: action))
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
        let input = components.schema(single.input, of: single.action)
        parts.parameters += OpenAPIParameter.all(of: single, input, in: "query", components)
        let user: JSONValue = [
            "type": "object", "required": ["user"],
            "properties": ["user": components.schema(single.output, of: single.action)], "additionalProperties": false,
        ]
        parts.answers[0].schema = ["anyOf": [parts.answers[0].schema ?? true, user]]
        if let output = single.examples.lazy.compactMap(\.output).first {
            parts.answers[0].examples.append(("one", ["user": output]))
        }
    }
}

/// Members of an input that are sent as text: in the query, in the path or in a form.
enum OpenAPIParameter {
    static func all(
        of descriptor: Descriptor, _ input: JSONValue, in place: String, _ components: OpenAPIComponents
    ) -> [JSONValue] {
        (input["properties"]?.objectValue ?? [:]).map { name, schema in
            var text = sent(schema, components)
            let about = text["description"]
            text["description"] = nil
            var parameter: JSONObject = [
                "name": .string(name), "in": .string(place), "required": .bool(place == "path"),
                "schema": .object(text),
            ]
            parameter["description"] = about
            let example = descriptor.examples.lazy.compactMap { $0.input[name] }.first
            if example?.boolValue == nil { parameter["example"] = example }
            return .object(parameter)
        }
    }

    /// A schema of what can be said as text: no `null`, and a number in one way only.
    static func sent(_ schema: JSONValue, _ components: OpenAPIComponents) -> JSONObject {
        var schema = components.resolved(schema)
        let types = (schema["type"]?.arrayValue ?? schema["type"].map { [$0] } ?? []).filter { $0 != "null" }
        schema["enum"] = schema["enum"]?.arrayValue.map { .array($0.filter { $0.stringValue != nil }) }
        // A decimal number whose text has the same meaning; any other number is a text among others.
        let isNumber = types.contains("integer") && schema["minLength"] == nil && schema["enum"] == nil
        let dropped = isNumber ? ["pattern"] : ["minimum", "maximum"]
        for keyword in dropped { schema[keyword] = nil }
        if !types.isEmpty { schema["type"] = isNumber ? "integer" : types.contains("string") ? "string" : types[0] }
        if !isNumber, let value = schema["default"], value.stringValue == nil { schema["default"] = nil }
        return schema
    }
}
