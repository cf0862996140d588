import Engine
import JSON

/// The parts of the document that others refer to, collected on the way.
struct OpenAPIComponents {
    private var schemas: JSONObject = ["Problem": problem]

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

    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    var json: JSONValue {
        [
            "schemas": .object(schemas),
            "responses": [
                "Problem": [
                    "description": "Refused. `code` says why to machines, `detail` to people.",
                    "headers": ["X-Request-Id": ["schema": ["type": "string"]]],
                    "content": [Problem.contentType: ["schema": Self.reference("Problem")]],
                ]
            ],
            "securitySchemes": OpenAPISecurity.schemes,
        ]
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
                    members.map { key, value in
                        guard key == "$ref", let name = definition(value) else { return (key, rewritten(value, names)) }
                        return (key, .string("#/components/schemas/\(names[name] ?? name)"))
                    }))
        case .array(let items): .array(items.map { rewritten($0, names) })
        default: schema
        }
    }

    private static let problem: JSONValue = [
        "type": "object",
        "description": "A failure (RFC 9457).",
        "required": ["type", "title", "status", "code", "detail", "requestId", "error"],
        "properties": [
            "type": ["const": "about:blank"],
            "title": ["type": "string"],
            "status": ["type": "integer", "minimum": 400, "maximum": 599],
            "code": [
                "type": "string",
                "description": "Stable. Codes may be added.",
                "examples": .array(ProblemStatus.codes.map { .string($0.rawValue) }),
            ],
            "detail": ["type": "string", "description": "A sentence that says what would be right."],
            "outcome": [
                "const": "unknown",
                "description": "Only where the disk failed at the commit: nobody knows whether this was done.",
            ],
            "requestId": ["type": "string"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object",
                    "required": ["pointer", "keyword", "message"],
                    "properties": [
                        "pointer": ["type": "string", "description": "A JSON Pointer (RFC 6901) into what was sent."],
                        "keyword": ["type": "string", "description": "The rule that is broken."],
                        "message": ["type": "string"],
                    ],
                ],
            ],
            "error": ["type": "string", "description": "`detail` again, for older clients."],
        ],
    ]
}
