import JSON

/// The definitions (`$defs`) that the schemas of a document share.
struct SharedDefinitions {
    private let definitions: JSONObject

    init(_ definitions: JSONObject) {
        self.definitions = definitions
    }

    /// Those that a schema refers to, itself or by way of another: to compile all of them for each schema took most of
    /// the time of a start.
    func used(by schema: JSONObject) -> JSONObject {
        var found: Set<String> = []
        var waiting = [JSONValue.object(schema)]
        while let next = waiting.popLast() {
            switch next {
            case .object(let members):
                if let name = name(in: members["$ref"]), found.insert(name).inserted, let value = definitions[name] {
                    waiting.append(value)
                }
                waiting += members.values
            case .array(let items): waiting += items
            default: break
            }
        }
        return JSONObject(definitions.filter { found.contains($0.key) }.map { ($0.key, $0.value) })
    }

    /// The definition at or in which a reference ends.
    private func name(in reference: JSONValue?) -> String? {
        guard let text = reference?.stringValue, text.hasPrefix("#"),
            let tokens = JSONPointer(parsing: String(text.dropFirst()))?.tokens, tokens.count > 1, tokens[0] == "$defs"
        else { return nil }
        return tokens[1]
    }
}
