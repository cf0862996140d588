import Engine
import JSON

/// What an operator's overlay asks of an input in addition: a component of its own, as the overlay has it, and the members
/// of it that inputs sent as texts are described by.
struct OpenAPIOverlay {
    private let component: String
    private let root: JSONValue
    private let pointer: JSONPointer
    /// What is there, a reference at its top followed.
    private let schema: JSONObject

    /// Nil without a schema of the overlay's.
    init?(_ descriptor: Descriptor) {
        guard let tightening = descriptor.tightening else { return nil }
        self.init("overlay-\(descriptor.action)", tightening, .root)
    }

    private init?(_ component: String, _ root: JSONValue, _ pointer: JSONPointer) {
        guard let schema = Self.followed(pointer, in: root) else { return nil }
        (self.component, self.root, self.pointer, self.schema) = (component, root, pointer, schema)
    }

    var reference: JSONValue {
        ["$ref": .string("#/components/schemas/\(component)\(pointer)")]
    }

    /// The members that have to be there.
    var required: [String] { (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue) }

    /// What it asks of a member; nil for nothing.
    func member(_ name: String) -> Self? {
        Self(component, root, pointer.appending("properties").appending(name))
            ?? Self(component, root, ownPointer.appending("properties").appending(name))
    }

    /// Whether it lets no text stand there.
    func forbids(_ name: String) -> Bool {
        let member = schema["properties"]?[name]
        guard let rules = self.member(name)?.schema else {
            return member == false || (member == nil && schema["additionalProperties"] == false)
        }
        let types = rules["type"].map { $0.arrayValue ?? [$0] }
        let values = rules["enum"]?.arrayValue ?? rules["const"].map { [$0] }
        return types?.contains("string") == false || values?.contains { $0.stringValue != nil } == false
    }

    /// Whether its rules are for text and not for numbers.
    var isOfText: Bool { ["pattern", "enum", "const", "minLength", "maxLength"].contains { schema[$0] != nil } }

    /// Whether it limits how great a number may be.
    var isOfNumbers: Bool {
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].contains { schema[$0] != nil }
    }

    /// The component's name and schema; `withAction` if the action stands beside the members of the input.
    func definition(withAction: Bool) -> (name: String, schema: JSONValue) {
        var schema = root.objectValue ?? [:]
        schema["$schema"] = nil
        if withAction { Self.allowAction(in: &schema) }
        // Of a document with a name of its own, references keep their meaning.
        return (component, schema["$id"] == nil ? moved(.object(schema)) : .object(schema))
    }

    private static func allowAction(in schema: inout JSONObject) {
        if schema["additionalProperties"] != nil || schema["unevaluatedProperties"] != nil {
            var members = schema["properties"]?.objectValue ?? [:]
            members["action"] = true
            schema["properties"] = .object(members)
        }
        if let names = schema["propertyNames"] { schema["propertyNames"] = ["anyOf": [["const": "action"], names]] }
        for keyword in ["minProperties", "maxProperties"] {
            if let count = schema[keyword]?.intValue { schema[keyword] = .number(JSONNumber(count + 1)) }
        }
    }

    /// The schema with references as they are from where the component is.
    private func moved(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .object(let members):
            .object(
                JSONObject(
                    members.map { key, value in
                        if key == "pattern", let pattern = value.stringValue {
                            return (key, .string(OpenAPIPattern.withoutCategories(pattern)))
                        }
                        guard key == "$ref", let text = value.stringValue, text == "#" || text.hasPrefix("#/") else {
                            return (key, moved(value))
                        }
                        return (key, .string("#/components/schemas/\(component)" + text.dropFirst()))
                    }))
        case .array(let items): .array(items.map(moved))
        default: schema
        }
    }

    /// Where the schema is that a reference here leads to.
    private var ownPointer: JSONPointer { Self.target(of: root.value(at: pointer)) ?? pointer }

    private static func target(of schema: JSONValue?) -> JSONPointer? {
        guard let text = schema?["$ref"]?.stringValue, text.hasPrefix("#") else { return nil }
        return JSONPointer(parsing: String(text.dropFirst()))
    }

    private static func followed(_ pointer: JSONPointer, in root: JSONValue) -> JSONObject? {
        guard let here = root.value(at: pointer), let schema = here.objectValue else { return nil }
        guard let target = target(of: here), let there = root.value(at: target)?.objectValue else { return schema }
        var both = there
        for (keyword, value) in schema where keyword != "$ref" { both[keyword] = value }
        return both
    }
}
