import JSON

/// The fields of an action's input whose values nobody may read in a message: those that are `writeOnly` or passwords.
struct SecretFields {
    private(set) var names: Set<String> = []
    /// The action's schema.
    private let schema: JSONValue

    init(of schema: JSONValue) {
        self.schema = schema
        look(at: schema)
    }

    /// What an operator asks for in addition, which also knows that they are secret, whatever it says of them.
    func guarding(_ addition: JSONObject, of action: Action) -> JSONValue {
        var addition = addition
        // With a name of its own, so that `#/$defs/…` in it goes on meaning what it has itself.
        if addition["$id"] == nil { addition["$id"] = .string("urn:usher:overlay:\(action)") }
        let secret = names.sorted().map { ($0, JSONValue.object(["writeOnly": true])) }
        return ["allOf": [.object(addition)], "properties": .object(JSONObject(secret))]
    }

    private mutating func look(at part: JSONValue) {
        for (name, field) in part["properties"]?.objectValue ?? [:] where isSecret(field, depth: 8) {
            names.insert(name)
        }
        part.objectValue?.values.forEach { look(at: $0) }
        part.arrayValue?.forEach { look(at: $0) }
    }

    /// References may lead back to themselves.
    private func isSecret(_ field: JSONValue, depth: Int) -> Bool {
        if field["writeOnly"] == true || field["format"] == "password" { return true }
        guard depth > 0, let reference = field["$ref"]?.stringValue, reference.hasPrefix("#"),
            let target = JSONPointer(parsing: String(reference.dropFirst())).flatMap(schema.value(at:))
        else { return false }
        return isSecret(target, depth: depth - 1)
    }
}
