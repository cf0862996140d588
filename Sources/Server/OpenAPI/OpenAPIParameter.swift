import Engine
import JSON

/// Members of an input that are sent as text: in the query, in the path or in a form.
enum OpenAPIParameter {
    static func all(
        of descriptor: Descriptor, _ input: JSONValue, in place: String, _ components: OpenAPIComponents
    ) -> [JSONValue] {
        let overlay = OpenAPIOverlay(descriptor)
        return (input["properties"]?.objectValue ?? [:]).compactMap { name, schema in
            guard var text = sent(name, schema, overlay, components) else { return nil }
            let about = text["description"]
            text["description"] = nil
            let isRequired = place == "path" || overlay?.required.contains(name) == true
            var parameter: JSONObject = [
                "name": .string(name), "in": .string(place), "required": .bool(isRequired), "schema": .object(text),
            ]
            parameter["description"] = about
            let example = descriptor.examples.lazy.compactMap { $0.input[name] }.first
            if example?.boolValue == nil { parameter["example"] = example }
            return .object(parameter)
        }
    }

    /// A schema of what can be said as text: no `null`, and a number in one way only; nil if the overlay takes no text.
    static func sent(
        _ name: String, _ schema: JSONValue, _ overlay: OpenAPIOverlay?, _ components: OpenAPIComponents
    ) -> JSONObject? {
        guard overlay?.forbids(name) != true else { return nil }
        let tighter = overlay?.member(name)
        var schema = components.resolved(schema)
        let types = (schema["type"]?.arrayValue ?? schema["type"].map { [$0] } ?? []).filter { $0 != "null" }
        schema["enum"] = schema["enum"]?.arrayValue.map { .array($0.filter { $0.stringValue != nil }) }
        let isNumber = isNumber(schema) && tighter?.isOfText != true
        let dropped = isNumber ? ["pattern"] : ["minimum", "maximum"]
        for keyword in dropped { schema[keyword] = nil }
        if !types.isEmpty { schema["type"] = isNumber ? "integer" : types.contains("string") ? "string" : types[0] }
        if !isNumber, let value = schema["default"], value.stringValue == nil { schema["default"] = nil }
        if let tighter {
            schema["allOf"] = .array((schema["allOf"]?.arrayValue ?? []) + [tighter.reference])
            // It may be one that nobody could send.
            schema["default"] = nil
        }
        return schema
    }

    /// Whether it is a decimal number whose text has the same meaning; any other number is a text among others.
    static func isNumber(_ schema: JSONObject) -> Bool {
        let types = schema["type"]?.arrayValue ?? [schema["type"] ?? .null]
        return types.contains("integer") && schema["minLength"] == nil && schema["enum"] == nil
    }
}
