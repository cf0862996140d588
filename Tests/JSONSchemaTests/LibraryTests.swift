import JSON
import JSONSchema
import Testing

/// The examples of docs/json-schema.md.
struct LibraryTests {
    @Test func aSchemaTellsWhatIsWrong() throws {
        let schema = try Schema(JSONValue(parsing: #"{"properties": {"seats": {"minimum": 1}}}"#))
        let order = try JSONValue(parsing: #"{"seats": 0}"#)
        #expect(!schema.accepts(order))
        #expect(
            schema.validate(order).map { "\($0.pointer) \($0.keyword) \($0.message)" }
                == ["/seats minimum `seats` must be at least 1, got 0"])
    }

    @Test func aSchemaMayConsistOfSeveralDocuments() throws {
        var options = SchemaOptions.specification
        options.formats = .asserted
        let documents: [String: JSONValue] = ["https://example.com/name": ["type": "string"]]
        options.documents = { uri in documents[uri] }
        let person = try Schema(
            ["properties": ["name": ["$ref": "name"]]], id: "https://example.com/person", options: options)
        #expect(person.validate(["name": 1]).map(\.message) == ["`name` must be text, got 1"])
    }

    @Test func aDialectSaysWhichKeywordsCount() throws {
        let dialect: JSONValue = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/dialect",
            "$vocabulary": [
                "https://json-schema.org/draft/2020-12/vocab/core": true,
                "https://json-schema.org/draft/2020-12/vocab/format-assertion": true,
            ],
        ]
        var options = SchemaOptions.specification
        options.documents = { $0 == "https://example.com/dialect" ? dialect : nil }
        let mail = try Schema(
            ["$schema": "https://example.com/dialect", "format": "email", "type": "null"], options: options)
        #expect(mail.accepts("anna@example.com"))
        #expect(!mail.accepts("anna"))
    }

    @Test func aValueThatIsNestedTooDeepForASchemaIsRefused() throws {
        let tree = try Schema(["items": ["$ref": "#"]])
        func nested(_ depth: Int) throws -> JSONValue {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            return try JSONValue(parsing: text, limits: JSONLimits(maximumDepth: 1000))
        }
        #expect(try tree.accepts(nested(500)))
        let branches = try Schema(["items": ["allOf": [["allOf": [["$ref": "#"]]]]]])
        #expect(
            try branches.validate(nested(1000)).map(\.message) == ["The value is too complex to be checked."])
    }

    @Test func whatIsNotEvaluatedIsToldByName() throws {
        let schema = try Schema([
            "allOf": [["properties": ["name": true]]], "anyOf": [["properties": ["seats": ["minimum": 1]]], true],
            "unevaluatedProperties": false,
        ])
        #expect(schema.accepts(["name": "a", "seats": 1]))
        #expect(
            schema.validate(["name": "a", "sets": 1]).map(\.message)
                == ["`sets` is not a field here. Did you mean `seats`?"])
        // A branch that does not fit evaluates nothing.
        #expect(!schema.accepts(["seats": 0]))
    }

    @Test func aDynamicReferenceLeadsToTheOutermostAnchor() throws {
        var options = SchemaOptions.strict
        let list: JSONValue = [
            "$id": "https://example.com/list", "items": ["$dynamicRef": "#item"],
            "$defs": ["item": ["$dynamicAnchor": "item"]],
        ]
        options.documents = { $0 == "https://example.com/list" ? list : nil }
        let names = try Schema(
            [
                "$id": "https://example.com/names", "$ref": "list",
                "$defs": ["name": ["$dynamicAnchor": "item", "type": "string"]],
            ], options: options)
        #expect(names.accepts(["a"]))
        #expect(names.validate([1]).map(\.message) == ["`[0]` must be text, got 1"])
        #expect(try Schema(list).accepts([1]))
    }
}
