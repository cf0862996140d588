import JSON

/// The file of `--config`: an object whose members are settings, `{"port": 9000, "allowedOrigins": ["https://…"]}`.
struct ConfigurationFile {
    /// Each value as the text that a variable would have.
    private(set) var values: [String: String] = [:]
    private(set) var problems: [String] = []

    init(_ bytes: [UInt8], name: String) {
        let object: JSONObject
        do {
            guard case .object(let parsed) = try JSONValue(parsing: bytes) else {
                problems.append("\(name): must be a JSON object like {\"port\": 9000}.")
                return
            }
            object = parsed
        } catch {
            problems.append("\(name) is not JSON, line \(error.line), column \(error.column): \(error.message)")
            return
        }
        for (key, value) in object {
            guard Setting.allKeys.contains(key) else {
                problems.append(UnknownSetting.sentence(key: key, file: name))
                continue
            }
            guard !value.isNull else { continue }
            if let text = Self.text(value) {
                values[key] = text
            } else {
                problems.append("`\(key)` in \(name): must be a text, a number, true or false, or a list of texts.")
            }
        }
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.int64.map(String.init) ?? number.text
        case .bool(let bool): bool ? "true" : "false"
        case .array(let items): list(items)
        case .null, .object: nil
        }
    }

    private static func list(_ items: [JSONValue]) -> String? {
        let texts = items.compactMap(\.stringValue)
        // A comma inside of an item would make it two.
        guard texts.count == items.count, !texts.contains(where: { $0.contains(",") }) else { return nil }
        return texts.joined(separator: ",")
    }
}
