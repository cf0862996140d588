import JSON

/// An input as a form sends it (`license.seats=2`): texts, and the members of an object under names with a dot.
struct OpenAPIForm {
    private var properties = JSONObject()
    private var required: [JSONValue] = []

    /// Of an input that is an object.
    static func schema(of input: JSONValue, _ components: OpenAPIComponents) -> JSONValue {
        var form = Self()
        form.add(input, prefix: "", isRequired: true, components)
        var schema: JSONObject = [
            "type": "object", "properties": .object(form.properties), "required": .array(form.required),
        ]
        // Where one of several members is needed, it stands at the top and has the same name here.
        if let choices = input["anyOf"]?.arrayValue {
            schema["anyOf"] = .array(choices.map { ["required": $0["required"] ?? []] })
        }
        if !form.dependent.isEmpty { schema["dependentRequired"] = .object(form.dependent) }
        schema["additionalProperties"] = false
        return .object(schema)
    }

    private var dependent = JSONObject()

    private mutating func add(
        _ object: JSONValue, prefix: String, isRequired: Bool, _ components: OpenAPIComponents
    ) {
        let members = object["properties"]?.objectValue ?? [:]
        let needed = (object["required"]?.arrayValue ?? []).compactMap(\.stringValue)
        for (name, schema) in members {
            let resolved = components.resolved(schema)
            guard resolved["properties"] == nil else {
                add(.object(resolved), prefix: "\(prefix)\(name).", isRequired: false, components)
                continue
            }
            properties[prefix + name] = .object(OpenAPIParameter.sent(schema, components))
        }
        let names = needed.map { JSONValue.string(prefix + $0) }
        if isRequired {
            required += names
        } else {
            for name in members.keys {
                dependent[prefix + name] = .array(names.filter { $0 != .string(prefix + name) })
            }
        }
    }
}
