import Engine
import JSON

/// The parts of the document that others refer to, collected on the way.
struct OpenAPIComponents {
    private var schemas: JSONObject = ["Problem": OpenAPIProblem.schema]
    private var responses = JSONObject()

    /// A schema of `commands.json` for a place in this document: its shared definitions become components.
    mutating func schema(_ schema: JSONValue, of action: Action) -> JSONValue {
        guard var object = schema.objectValue else { return schema }
        let definitions = object["$defs"]?.objectValue ?? [:]
        object["$defs"] = nil
        var names: [String: String] = [:]
        for (name, definition) in definitions { names[name] = free(name, for: definition, of: action) }
        let used = Self.reached(from: .object(object), in: definitions)
        for (name, definition) in definitions where used.contains(name) {
            if let component = names[name] { schemas[component] = Self.rewritten(definition, names) }
        }
        return Self.rewritten(.object(object), names)
    }

    /// Adds a schema under a name of its own; what refers to it.
    mutating func add(_ schema: JSONValue, named name: String) -> JSONValue {
        schemas[name] = schema
        return Self.reference(name)
    }

    /// Adds what an operator asks of an input in addition; the input with it.
    mutating func tightened(_ input: JSONValue, by overlay: OpenAPIOverlay?, withAction: Bool) -> JSONValue {
        guard let overlay, var input = input.objectValue else { return input }
        let definition = overlay.definition(withAction: withAction)
        _ = add(definition.schema, named: definition.name)
        input["properties"] = input["properties"]?.objectValue.map { .object(asNumbers($0, limitedBy: overlay)) }
        input["allOf"] = .array((input["allOf"]?.arrayValue ?? []) + [overlay.reference])
        return .object(input)
    }

    /// The members of an input; what the overlay limits as a number is described as a number alone, since a schema cannot
    /// say the same of its decimal text.
    private func asNumbers(_ members: JSONObject, limitedBy overlay: OpenAPIOverlay) -> JSONObject {
        var members = members
        for (name, schema) in members {
            guard let limits = overlay.member(name), var whole = schema.objectValue else { continue }
            if let inner = whole["properties"]?.objectValue {
                whole["properties"] = .object(asNumbers(inner, limitedBy: limits))
                members[name] = .object(whole)
            } else if limits.isOfNumbers, OpenAPIParameter.isNumber(resolved(schema)) {
                whole = resolved(schema)
                whole["pattern"] = nil
                whole["type"] = whole["type"]?.arrayValue.map { .array($0.filter { $0 != "string" }) } ?? whole["type"]
                members[name] = .object(whole)
            }
        }
        return members
    }

    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    /// Adds an answer under a name of its own; what refers to it.
    mutating func add(response: JSONValue, named name: String) -> JSONValue {
        responses[name] = response
        return ["$ref": .string("#/components/responses/\(name)")]
    }

    func json(isHTTPS: Bool) -> JSONValue {
        [
            "schemas": .object(schemas), "responses": .object(responses), "headers": OpenAPIHeader.components,
            "securitySchemes": OpenAPISecurity.schemes(isHTTPS: isHTTPS),
        ]
    }

    /// A schema with what it refers to in its place, as far as its own keywords go; those beside the reference win.
    func resolved(_ schema: JSONValue) -> JSONObject {
        guard var object = schema.objectValue else { return [:] }
        guard let name = object["$ref"]?.stringValue?.split(separator: "/").last else { return object }
        object["$ref"] = nil
        var result = resolved(schemas[String(name)] ?? [:])
        for (keyword, value) in object { result[keyword] = value }
        return result
    }

    /// The definition's own name, unless a plugin's document means something else by it.
    private func free(_ name: String, for definition: JSONValue, of action: Action) -> String {
        guard let taken = schemas[name] else { return name }
        return taken == Self.rewritten(definition, [:]) ? name : "\(action)-\(name)"
    }

    private static func reached(from schema: JSONValue, in definitions: JSONObject) -> Set<String> {
        var reached: Set<String> = []
        var waiting = [schema]
        while let next = waiting.popLast() {
            switch next {
            case .object(let members):
                if let name = definition(members["$ref"]), reached.insert(name).inserted, let found = definitions[name]
                {
                    waiting.append(found)
                }
                waiting += members.values
            case .array(let items): waiting += items
            default: break
            }
        }
        return reached
    }

    private static func definition(_ reference: JSONValue?) -> String? {
        guard let text = reference?.stringValue, text.hasPrefix("#/$defs/") else { return nil }
        return String(text.dropFirst("#/$defs/".count))
    }

    private static func rewritten(_ schema: JSONValue, _ names: [String: String]) -> JSONValue {
        switch schema {
        case .object(let members):
            .object(
                JSONObject(
                    OpenAPIKeywords.completed(members).map { key, value in
                        if key == "pattern", let pattern = value.stringValue {
                            return (key, .string(OpenAPIPattern.withoutCategories(pattern)))
                        }
                        guard key == "$ref", let name = definition(value) else { return (key, rewritten(value, names)) }
                        return (key, .string("#/components/schemas/\(names[name] ?? name)"))
                    }))
        case .array(let items): .array(items.map { rewritten($0, names) })
        default: schema
        }
    }
}
