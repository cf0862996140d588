import Foundation
import JSON
import JSONSchema
import Testing

/// The `output` schemas of `commands.json`, which every answer has to keep.
struct OutputSchemas: Sendable {
    private let schemas: [String: Schema]

    /// Those that are shipped, read once.
    static let shipped: Result<OutputSchemas, any Error> = Result { try OutputSchemas() }

    private init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let document = try JSONValue(parsing: Array(Data(contentsOf: root.appending(path: "commands.json"))))
        var schemas: [String: Schema] = [:]
        for (action, entry) in document["commands"]?.objectValue ?? [:] {
            guard var output = entry["output"]?.objectValue else { continue }
            output["$defs"] = document["$defs"]
            schemas[action] = try Schema(.object(output))
        }
        self.schemas = schemas
    }

    /// Records an issue for every rule that an answer breaks.
    static func check(_ value: JSONValue, of action: String) throws {
        let schema = try #require(try shipped.get().schemas[action], "commands.json has no \(action)")
        for error in schema.validate(value) {
            Issue.record("the answer of \(action) breaks its schema: \(error)")
        }
    }
}
