import Commands
import Engine
import JSON

/// The webhook: one path, and an input per command, told apart by `action`.
struct OpenAPIWebhook {
    let commands: [Descriptor]

    func parts(_ components: inout OpenAPIComponents) -> OpenAPIParts {
        var inputs: [JSONValue] = []
        var mapping = JSONObject()
        var forms: [JSONValue] = []
        var outputs: [JSONValue] = []
        for command in commands {
            let overlay = OpenAPIOverlay(command)
            let shipped = components.schema(command.input, of: command.action)
            let input = components.tightened(shipped, by: overlay, withAction: true)
            var schema = Self.withAction(of: command, input)
            if command.deprecation != nil { schema = Self.deprecated(schema) }
            inputs.append(components.add(schema, named: "command-\(command.action)"))
            for name in command.names { mapping[name.rawValue] = inputs.last?["$ref"] }
            forms.append(
                components.add(
                    Self.withAction(of: command, OpenAPIForm.schema(of: shipped, overlay, components)),
                    named: "form-\(command.action)"))
            let output = components.schema(command.output, of: command.action)
            if !outputs.contains(output) { outputs.append(output) }
        }
        let named = commands.map(\.action.rawValue).map { "`\($0)`" }.joined(separator: ", ")
        return OpenAPIParts(
            id: "webhook", summary: "Run a command",
            description:
                "The body names the command in `action`; as a form, members of an object have names with a dot: "
                + "`action=create-user&license.seats=2`. Commands: \(named).",
            requestBody: body(inputs, mapping, forms),
            answers: [OpenAPIAnswer(schema: Self.answer(outputs), examples: answers)],
            failures: [.actionNotFound, .notFound, .conflict, .passwordTooWeak],
            hasForeignCommands: hasForeignCommands)
    }

    private var hasForeignCommands: Bool {
        let shipped = (try? AllCommands.descriptors().descriptors.map(\.action)) ?? []
        return !Set(commands.map(\.action)).isSubset(of: shipped)
    }

    private func body(_ inputs: [JSONValue], _ mapping: JSONObject, _ forms: [JSONValue]) -> JSONValue {
        let schema: JSONValue = [
            "oneOf": .array(inputs),
            "discriminator": ["propertyName": "action", "mapping": .object(mapping)],
        ]
        return [
            "required": true,
            "content": [
                MediaTypes.json: OpenAPIAnswer.content(schema, examples(Self.input)),
                MediaTypes.form: OpenAPIAnswer.content(["oneOf": .array(forms)], examples(Self.form)),
            ],
        ]
    }

    private func examples(_ value: (Action, JSONValue) -> JSONValue) -> [(name: String, value: JSONValue)] {
        commands.flatMap { command in
            command.examples.enumerated().map { number, example in
                ("\(command.action)-\(number + 1)", value(command.action, example.input))
            }
        }
    }

    private var answers: [(name: String, value: JSONValue)] {
        commands.flatMap { command in
            command.examples.enumerated().compactMap { number, example -> (name: String, value: JSONValue)? in
                guard let output = example.output else { return nil }
                return ("\(command.action)-\(number + 1)", ["success": true, "response": output, "time": 3])
            }
        }
    }

    private static func input(_ action: Action, _ input: JSONValue) -> JSONValue {
        .object(
            JSONObject([("action", .string(action.rawValue))] + (input.objectValue ?? [:]).map { ($0.key, $0.value) }))
    }

    /// The same as a form: members of objects under names with a dot.
    private static func form(_ action: Action, _ input: JSONValue) -> JSONValue {
        var fields: JSONObject = ["action": .string(action.rawValue)]
        func add(_ object: JSONObject, _ prefix: String) {
            for (name, value) in object {
                switch value {
                case .object(let inner): add(inner, "\(prefix)\(name).")
                case .bool(let flag): fields[prefix + name] = .string(flag ? "true" : "false")
                case .null: break
                // The schema of the form has the number.
                case .string(let text) where name != "productId" && Int64(text) != nil:
                    fields[prefix + name] = Int64(text).map { .number(JSONNumber($0)) }
                default: fields[prefix + name] = value
                }
            }
        }
        add(input.objectValue ?? [:], "")
        return .object(fields)
    }

    /// The webhook has one operation for all commands, so a schema says it of one (JSON Schema, "deprecated").
    private static func deprecated(_ schema: JSONValue) -> JSONValue {
        var schema = schema.objectValue ?? [:]
        schema["deprecated"] = true
        return .object(schema)
    }

    private static func withAction(of command: Descriptor, _ schema: JSONValue) -> JSONValue {
        var schema = schema.objectValue ?? [:]
        let names = command.names.map { JSONValue.string($0.rawValue) }
        var properties: JSONObject = ["action": ["type": "string", "enum": .array(names)]]
        for (name, property) in schema["properties"]?.objectValue ?? [:] { properties[name] = property }
        schema["properties"] = .object(properties)
        schema["required"] = .array(["action"] + (schema["required"]?.arrayValue ?? []))
        return .object(schema)
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
