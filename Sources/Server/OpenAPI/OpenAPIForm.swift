import JSON

/// An input as a form sends it (`license.seats=2`): texts, and the members of an object under names with a dot.
struct OpenAPIForm {
    private var properties = JSONObject()
    private var required: [JSONValue] = []

    /// Of an input that is an object; `overlay` is what an operator asks of it in addition.
    static func schema(of input: JSONValue, _ overlay: OpenAPIOverlay?, _ components: OpenAPIComponents) -> JSONValue {
        var form = Self()
        form.add(input, overlay, prefix: "", isRequired: true, components)
        var schema: JSONObject = [
            "type": "object", "properties": .object(form.properties), "required": .array(form.required),
        ]
        // Where one of several members is needed, it stands at the top and has the same name here.
        if let choices = input["anyOf"]?.arrayValue {
            schema["anyOf"] = .array(choices.map { ["required": $0["required"] ?? []] })
        }
        // The same of what cannot be together.
        if let names = input["not"]?["required"] { schema["not"] = ["required": names] }
        if !form.dependent.isEmpty { schema["dependentRequired"] = .object(form.dependent) }
        schema["additionalProperties"] = false
        return .object(schema)
    }

    private var dependent = JSONObject()

    private mutating func add(
        _ object: JSONValue, _ overlay: OpenAPIOverlay?, prefix: String, isRequired: Bool,
        _ components: OpenAPIComponents
    ) {
        let members = object["properties"]?.objectValue ?? [:]
        let shipped = (object["required"]?.arrayValue ?? []).compactMap(\.stringValue)
        let needed = shipped + (overlay?.required ?? []).filter { !shipped.contains($0) }
        var groups: Set<String> = []
        for (name, schema) in members {
            let resolved = components.resolved(schema)
            guard resolved["properties"] == nil else {
                groups.insert(name)
                add(
                    .object(resolved), overlay?.member(name), prefix: "\(prefix)\(name).",
                    isRequired: isRequired && needed.contains(name), components)
                continue
            }
            properties[prefix + name] = OpenAPIParameter.sent(name, schema, overlay, components).map { .object($0) }
        }
        let names = needed.filter { !groups.contains($0) }.map { JSONValue.string(prefix + $0) }
        if isRequired {
            required += names
        } else {
            for name in members.keys {
                dependent[prefix + name] = .array(names.filter { $0 != .string(prefix + name) })
            }
        }
    }
}
