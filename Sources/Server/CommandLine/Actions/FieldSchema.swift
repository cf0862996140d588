import JSON
import JSONSchema

/// A schema as far as people, and the pairs of `usher run`, need to know it: what it refers to is looked through.
struct FieldSchema {
    /// As it was written.
    let source: JSONValue
    /// The whole document, which `#/$defs/…` is looked up in.
    private let root: JSONValue
    /// Its keywords; where it and what it refers to say the same, its own word counts.
    private let keywords: JSONObject
    private let branches: [FieldSchema]

    /// How deep references and branches are followed, as they can lead back to themselves.
    private static let depth = 8

    init(_ document: JSONValue) {
        self.init(document, in: document, depth: Self.depth)
    }

    private init(_ source: JSONValue, in root: JSONValue, depth: Int) {
        self.source = source
        self.root = root
        var keywords = source.objectValue ?? [:]
        var branches: [FieldSchema] = []
        if depth > 0 {
            let target = keywords["$ref"]?.stringValue.flatMap { Self.target(of: $0, in: root) }
            let parts = [target].compactMap(\.self) + (keywords["allOf"]?.arrayValue ?? [])
            for part in parts.map({ FieldSchema($0, in: root, depth: depth - 1) }) {
                keywords.add(part.keywords)
                branches += part.branches
            }
            let alternatives = (source["anyOf"]?.arrayValue ?? []) + (source["oneOf"]?.arrayValue ?? [])
            branches += alternatives.map { FieldSchema($0, in: root, depth: depth - 1) }
        }
        self.keywords = keywords
        self.branches = branches
    }

    private static func target(of reference: String, in root: JSONValue) -> JSONValue? {
        guard reference.hasPrefix("#"), let pointer = JSONPointer(parsing: String(reference.dropFirst())) else {
            return nil
        }
        return root.value(at: pointer)
    }

    subscript(keyword: String) -> JSONValue? { keywords[keyword] }

    /// The types that it takes, by their names in JSON Schema; none when it does not say.
    var types: [String] {
        if let type = keywords["type"] { return type.arrayValue?.compactMap(\.stringValue) ?? [type.stringValue ?? ""] }
        if let values = keywords["enum"]?.arrayValue ?? keywords["const"].map({ [$0] }) {
            return values.map(\.typeName)
        }
        let types = branches.flatMap(\.types)
        return types.enumerated().filter { types.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }

    func takes(_ type: String) -> Bool { types.isEmpty || types.contains(type) }

    /// Whether it is for something that nobody should see, such as a password.
    var isSecret: Bool { keywords["writeOnly"] == true }

    /// The names of the members that objects can have, in order.
    var propertyNames: [String] {
        var names = keywords["properties"]?.objectValue?.keys ?? []
        for name in branches.flatMap(\.propertyNames) where !names.contains(name) { names.append(name) }
        return names
    }

    func property(_ name: String) -> FieldSchema? {
        if let schema = keywords["properties"]?[name] { return child(schema) }
        return branches.lazy.compactMap { $0.property(name) }.first
    }

    /// The schema of members without a schema of their own; nil when there can be none.
    var others: FieldSchema? {
        if keywords["additionalProperties"] == false || keywords["unevaluatedProperties"] == false { return nil }
        return child(keywords["additionalProperties"] ?? [:])
    }

    /// The schema of the items of an array.
    var items: FieldSchema { child(keywords["items"] ?? [:]) }

    func requires(_ name: String) -> Bool {
        keywords["required"]?.arrayValue?.contains(.string(name)) == true
    }

    /// The names of which each alternative asks for at least one, such as `userId` and `email`; none where that is not how
    /// the alternatives differ.
    var alternatives: [String] {
        let names = branches.map { $0.keywords["required"]?.arrayValue?.first?.stringValue }
        return names.count > 1 && !names.contains(nil) ? names.compactMap(\.self) : []
    }

    /// The schema alone, to be asked what it accepts; nil when it means something only where it stands.
    func compiled() -> Schema? {
        guard var document = source.objectValue else { return nil }
        if document["$defs"] == nil, let shared = root["$defs"] { document["$defs"] = shared }
        return try? Schema(.object(document))
    }

    private func child(_ schema: JSONValue) -> FieldSchema { FieldSchema(schema, in: root, depth: Self.depth) }
}

extension JSONObject {
    /// Takes what is not there yet; members of `properties` and `required` are put together.
    fileprivate mutating func add(_ others: JSONObject) {
        for (key, value) in others {
            switch (self[key], value) {
            case (nil, _): self[key] = value
            case (.object(var own)?, .object(let more)) where key == "properties":
                for (name, schema) in more where own[name] == nil { own[name] = schema }
                self[key] = .object(own)
            case (.array(let own)?, .array(let more)) where key == "required": self[key] = .array(own + more)
            default: break
            }
        }
    }
}

extension JSONValue {
    fileprivate var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: intValue == nil ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
