import JSON

/// What the document says of a value besides what its schema in `commands.json` says.
enum OpenAPIKeywords {
    /// Keywords for a rule that the command looks after itself, because it has better words for it than a schema has.
    private static let ofCommand = "x-openapi"

    /// No input may have it in a text, whatever the schema says: no database stores it.
    private static let withoutNUL = #"^[^\x00]*$"#

    /// A schema with all that holds.
    static func completed(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        if let keywords = schema[ofCommand]?.objectValue {
            schema[ofCommand] = nil
            for (keyword, value) in keywords { schema[keyword] = value }
        }
        if isFreeText(schema) { schema["pattern"] = .string(withoutNUL) }
        return schema
    }

    private static func isFreeText(_ schema: JSONObject) -> Bool {
        guard schema["type"] == "string" || schema["type"]?.arrayValue?.contains("string") == true else { return false }
        let others = ["pattern", "enum", "const", "$ref"]
        return others.allSatisfy { schema[$0] == nil } && [nil, "password"].contains(schema["format"]?.stringValue)
    }
}
