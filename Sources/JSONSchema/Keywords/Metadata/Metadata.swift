import JSON

/// Keywords that describe and check nothing (JSON Schema Validation sections 8 and 9, Core section 8.3).
enum Metadata {
    private static let texts: Set = ["title", "description", "$comment", "contentEncoding", "contentMediaType"]
    private static let flags: Set = ["deprecated", "readOnly", "writeOnly"]
    private static let ownWords: Set = ["x-expected", "x-missing"]
    private static let anything: Set = ["default", "contentSchema"]
    private static let dialect = "https://json-schema.org/draft/2020-12/schema"

    static let names = texts.union(flags).union(anything).union(["examples", "$schema", "$id"])

    /// What is wrong with the value of such a keyword; nil if nothing is.
    static func problem(_ name: String, _ value: JSONValue) -> String? {
        if texts.contains(name), value.stringValue == nil { return "`\(name)` must be a text." }
        if flags.contains(name), value.boolValue == nil { return "`\(name)` must be true or false." }
        if name == "examples", value.arrayValue == nil { return "`examples` must be a list." }
        if name == "$schema", value.stringValue != dialect { return "Only `\(dialect)` is understood." }
        if ownWords.contains(name), value.stringValue == nil { return "`\(name)` must be a text." }
        if name == "$id", value.stringValue == nil { return "`$id` must be a URI." }
        return nil
    }

    /// Whether a schema marks its values as secrets.
    static func isSecret(_ schema: JSONObject) -> Bool {
        schema["writeOnly"] == true || schema["format"] == "password"
    }
}
