import JSON

extension SchemaCompiler {
    /// The value of a keyword that takes a whole number from 0.
    mutating func count(_ value: JSONValue, _ name: String) -> Int? {
        if let number = value.numberValue, number.isInteger, number >= JSONNumber(0) {
            // Beyond 64 bits there is nothing to count.
            return number.int64.map { Int($0) } ?? Int.max
        }
        problem("`\(name)` must be a whole number from 0.")
        return nil
    }

    mutating func names(_ value: JSONValue, what: String) -> [String]? {
        let names = value.arrayValue?.compactMap(\.stringValue)
        if let names, names.count == value.arrayValue?.count, Set(names.map(MemberName.init)).count == names.count {
            return names
        }
        problem("\(what) must be a list of different names.")
        return nil
    }

    mutating func object(_ value: JSONValue, _ name: String) -> JSONObject? {
        if let object = value.objectValue { return object }
        problem("`\(name)` must be an object.")
        return nil
    }

    mutating func readText(_ value: JSONValue, _ name: String, _ what: String = "a text") {
        if value.stringValue == nil { problem("`\(name)` must be \(what).") }
    }

    mutating func readFlag(_ value: JSONValue, _ name: String) {
        if value.boolValue == nil { problem("`\(name)` must be true or false.") }
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
            let message = "The pattern \(Wording.pattern(pattern)) \(error.reason)."
            if let token = tokens.first { problem(message, at: token) } else { problem(message) }
            return nil
        }
    }
}
