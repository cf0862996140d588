import JSON

extension SchemaCompiler {
    /// The value of a keyword that takes a whole number from 0.
    mutating func count(_ value: JSONValue, _ name: String) -> Int? {
        if let count = value.intValue, count >= 0 { return Int(count) }
        problem("`\(name)` must be a whole number from 0.")
        return nil
    }

    mutating func number(_ value: JSONValue, _ name: String) -> JSONNumber? {
        if let number = value.numberValue { return number }
        problem("`\(name)` must be a number.")
        return nil
    }

    mutating func names(_ value: JSONValue, at tokens: String..., what: String) -> [String]? {
        let names = value.arrayValue?.compactMap(\.stringValue)
        if let names, names.count == value.arrayValue?.count, Set(names).count == names.count { return names }
        problem("\(what) must be a list of different names.")
        return nil
    }

    mutating func object(_ value: JSONValue, _ name: String) -> JSONObject? {
        if let object = value.objectValue { return object }
        problem("`\(name)` must be an object.")
        return nil
    }

    /// The numbers of the schemas in a list of at least one.
    mutating func schemas(_ value: JSONValue, _ name: String, inPlace: Bool) -> [Int]? {
        guard let items = value.arrayValue, !items.isEmpty else {
            problem("`\(name)` must be a list of at least one schema.")
            return nil
        }
        return items.indices.map { inPlace ? subschemaInPlace(String($0)) : subschema(String($0)) }
    }

    /// An expression; problems are reported at `tokens`.
    mutating func expression(_ pattern: String, at tokens: String...) -> RegularExpression? {
        do {
            return try RegularExpression(pattern)
        } catch {
            let message = "The pattern `\(pattern)` \(error.reason)."
            if let token = tokens.first { problem(message, at: token) } else { problem(message) }
            return nil
        }
    }
}
