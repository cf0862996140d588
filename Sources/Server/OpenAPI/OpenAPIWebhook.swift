import Engine
import JSON

/// The webhook: one path, and an input per command, told apart by `action`.
struct OpenAPIWebhook {
    let commands: [Descriptor]

    func item(_ components: inout OpenAPIComponents) -> JSONObject {
        var inputs: [JSONValue] = []
        var outputs: [JSONValue] = []
        var mapping = JSONObject()
        var examples = JSONObject()
        for command in commands {
            let name = "command-\(command.action)"
            let input = Self.withAction(command.action, components.schema(command.input, of: command.action))
            inputs.append(components.add(input, named: name))
            let output = components.schema(command.output, of: command.action)
            if !outputs.contains(output) { outputs.append(output) }
            mapping[command.action.rawValue] = .string("#/components/schemas/\(name)")
            examples[command.action.rawValue] = Self.example(command)
        }
        let schema: JSONValue = [
            "oneOf": .array(inputs), "discriminator": ["propertyName": "action", "mapping": .object(mapping)],
        ]
        return [
            "operationId": "webhook", "tags": ["webhook"], "summary": "Run a command",
            "description": .string(
                "Also at `/api/webhooks`, and as a form: `action=create-user&license.seats=2`. Commands: "
                    + commands.map { "`\($0.action)`" }.joined(separator: ", ") + "."),
            "security": OpenAPISecurity.webhookToken.requirement,
            "requestBody": [
                "required": true,
                "content": [
                    MediaTypes.json: ["schema": schema, "examples": .object(examples)],
                    MediaTypes.form: ["schema": ["type": "object", "required": ["action"]]],
                ],
            ],
            "responses": OpenAPIOperation.responses(Self.answer(outputs), example: nil),
        ]
    }

    private static func withAction(_ action: Action, _ schema: JSONValue) -> JSONValue {
        var schema = schema.objectValue ?? [:]
        var properties: JSONObject = ["action": ["const": .string(action.rawValue)]]
        for (name, property) in schema["properties"]?.objectValue ?? [:] { properties[name] = property }
        schema["properties"] = .object(properties)
        schema["required"] = .array(["action"] + (schema["required"]?.arrayValue ?? []))
        return .object(schema)
    }

    private static func example(_ command: Descriptor) -> JSONValue {
        var value: JSONObject = ["action": .string(command.action.rawValue)]
        for (name, member) in command.examples.first?.input.objectValue ?? [:] { value[name] = member }
        return ["summary": .string(command.summary), "value": .object(value)]
    }

    private static func answer(_ outputs: [JSONValue]) -> JSONValue {
        [
            "type": "object", "required": ["success", "response", "time"],
            "properties": [
                "success": ["const": true],
                "response": ["anyOf": .array(outputs), "description": "What the command answers."],
                "time": ["type": "integer", "minimum": 0, "description": "How long it took, in milliseconds."],
            ],
        ]
    }
}
