import JSON
import JSONSchema
import Testing

struct CompilationTests {
    private func problems(_ schema: JSONValue) throws -> [String] {
        let error = try #require(throws: SchemaCompilationError.self) { try Schema(schema) }
        return error.problems.map { "\($0.pointer): \($0.message)" }
    }

    @Test(
        arguments: [
            (["minumum": 1], "/minumum", "Did you mean `minimum`?"),
            (["type": "text"], "/type", "must be one or some of"),
            (["type": []], "/type", "must be one or some of"),
            (["properties": ["a": ["type": 1]]], "/properties/a/type", "must be"),
            (["properties": ["a": 1]], "/properties/a", "A schema must be"),
            (["minLength": -1], "/minLength", "whole number from 0"),
            (["multipleOf": 0], "/multipleOf", "above 0"),
            (["pattern": "(a"], "/pattern", "has a `(` without its `)`"),
            (["pattern": "(?=a)"], "/pattern", "has look-ahead, which cannot be matched in linear time"),
            (["patternProperties": ["[": true]], "/patternProperties/[", "has a `[` without its `]`"),
            (["format": "e-mail"], "/format", "is not known here"),
            (["$ref": "#/$defs/x"], "/$ref", "There is nothing"),
            (["$ref": "#/$defs/seat", "$defs": ["seats": true]], "/$ref", "Did you mean `#/$defs/seats`?"),
            (["$ref": "#seat", "$defs": ["a": ["$anchor": "seats"]]], "/$ref", "Did you mean `#seats`?"),
            (["items": [true]], "/items", "a list of them for the items is `prefixItems`"),
            (["$ref": "https://example.com/other"], "/$ref", "not among those that are given"),
            (["$ref": "#"], "", "refers to itself"),
            (["allOf": [["$ref": "#/$defs/a"]], "$defs": ["a": ["anyOf": [["$ref": "#"]]]]], "", "refers to itself"),
            (["required": ["a", "a"]], "/required", "different names"),
            (["$defs": ["unused": ["type": "x"]]], "/$defs/unused/type", "must be"),
            (["$schema": "http://json-schema.org/draft-07/schema#"], "/$schema", "Only"),
            (["allOf": []], "/allOf", "at least one"),
            (["contains": true, "minContains": "1"], "/minContains", "`minContains`"),
            (["$anchor": "1a"], "/$anchor", "begins with a letter"),
            (["allOf": [["$anchor": "a"], ["$anchor": "a"]]], "/allOf/1/$anchor", "at another place already"),
            (["$id": "https://example.com/#a"], "/$id", "must not have a fragment"),
            (["$dynamicRef": "#a"], "/$dynamicRef", "There is nothing at `#a` in this document"),
            (
                ["$ref": "https://json-schema.org/draft/2020-12/schema#/x"], "/$ref",
                "There is nothing at `#/x` in `https"
            ),
            (["title": 1], "/title", "must be a text"),
            (5, "", "A schema must be"),
        ] as [(JSONValue, String, String)])
    func aMistakeIsRefusedWithItsPlace(schema: JSONValue, pointer: String, words: String) throws {
        let problems = try problems(schema)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("\(pointer): ") == true, "\(problems)")
        #expect(problems.first?.contains(words) == true, "\(problems)")
    }

    @Test func allProblemsAreToldAtOnce() throws {
        #expect(
            try problems(["minumum": 1, "properties": ["a": ["type": "x", "format": "y"]], "$ref": "#/z"]).count == 4)
    }

    @Test func annotationsAndOwnExtensionsAreKnown() throws {
        let schema: JSONValue = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/a", "$comment": "c",
            "title": "t", "description": "d", "default": 1, "examples": [1], "deprecated": true, "readOnly": true,
            "writeOnly": false, "x-mine": 1, "$ref": "https://example.com/a#/$defs/b", "$defs": ["b": ["type": "null"]],
        ]
        #expect(try Schema(schema).validate(nil).isEmpty)
        #expect(try !Schema(schema).validate(1).isEmpty)
    }

    @Test func aRecursiveSchemaFollowsTheValue() throws {
        let tree = try Schema([
            "type": "object", "properties": ["children": ["items": ["$ref": "#"]]], "additionalProperties": false,
        ])
        #expect(tree.accepts(["children": [["children": []], [:]]]))
        #expect(
            tree.validate(["children": [["children": [["x": 1]]]]]).map(\.pointer.description)
                == ["/children/0/children/0/x"])
    }

    @Test func aSchemaThatGrowsWithoutMeasureIsCutOff() throws {
        let branches = JSONValue.array(Array(repeating: ["$ref": "#"], count: 4))
        let schema = try Schema(["properties": ["a": ["allOf": branches]]])
        var value: JSONValue = 1
        for _ in 0..<30 { value = ["a": value] }
        #expect(schema.validate(value).first?.message == "The value is too complex to be checked.")
        #expect(!schema.accepts(value))
    }

    @Test func knownPropertiesAreFoundThroughReferences() throws {
        let schema = try Schema([
            "$ref": "#/$defs/base", "properties": ["license": ["$ref": "#/$defs/license"]],
            "$defs": [
                "base": ["properties": ["email": true]], "license": ["properties": ["seats": true, "end": true]],
            ],
        ])
        #expect(schema.knownProperties() == ["email", "license"])
        let place = JSONPointer(["license"])
        #expect(schema.knownProperties(at: place) == ["end", "seats"])
    }
}
