import JSON
import JSONSchema

/// Fields that a schema names, and that no input of an action can have: its own schema refuses them.
struct UnknownFields {
    /// One of them: where it is named, and what the action's schema says of it.
    struct Field {
        let place: [String]
        let message: String
    }

    /// In the order of their places.
    private(set) var found: [Field] = []
    private let shipped: Schema

    /// Looks for them in `addition`, which `shipped` refuses or accepts by itself.
    init(of shipped: Schema, in addition: JSONValue) {
        self.shipped = shipped
        look(at: addition, of: [], place: [])
    }

    /// `names` lead to the object that a schema is about, `place` to the schema.
    private mutating func look(at schema: JSONValue, of names: [String], place: [String]) {
        for (index, name) in (schema["required"]?.arrayValue ?? []).enumerated() {
            if let name = name.stringValue { note(name, of: names, place: place + ["required", String(index)]) }
        }
        for (name, field) in schema["properties"]?.objectValue ?? [:] {
            let place = place + ["properties", name]
            if note(name, of: names, place: place) { look(at: field, of: names + [name], place: place) }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for (index, branch) in (schema[keyword]?.arrayValue ?? []).enumerated() {
                look(at: branch, of: names, place: place + [keyword, String(index)])
            }
        }
        for keyword in ["if", "then", "else", "not"] {
            if let branch = schema[keyword] { look(at: branch, of: names, place: place + [keyword]) }
        }
    }

    /// Whether an input can have the field.
    @discardableResult
    private mutating func note(_ name: String, of names: [String], place: [String]) -> Bool {
        // Some branch of the schema may know it, and the probe not be of that branch.
        if shipped.knownProperties(at: JSONPointer(names)).contains(name) { return true }
        let path = names + [name]
        let probe = path.reversed().reduce(JSONValue.null) { value, name in .object([name: value]) }
        let refusal = shipped.validate(probe).first { error in
            error.pointer == JSONPointer(path) && error.keyword == "additionalProperties"
        }
        if let refusal { found.append(Field(place: place, message: refusal.message)) }
        return refusal == nil
    }
}
