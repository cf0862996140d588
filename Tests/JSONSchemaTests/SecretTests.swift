import JSON
import JSONSchema
import Testing

/// What somebody typed into a field for a secret must not come back in a message.
struct SecretTests {
    static let secret = "hunter2-secret"

    @Test(
        arguments: [
            ["properties": ["p": ["writeOnly": true, "pattern": "^x$"]]],
            ["properties": ["p": ["format": "password", "pattern": "^x$"]]],
            ["properties": ["p": ["writeOnly": true, "enum": ["x"]]]],
            ["properties": ["p": ["$ref": "#/$defs/p"]], "$defs": ["p": ["writeOnly": true, "type": "integer"]]],
            ["properties": ["p": ["$ref": "#/$defs/p", "writeOnly": true]], "$defs": ["p": ["const": "x"]]],
            // One schema knows that it is a secret, the other one refuses it.
            ["allOf": [["properties": ["p": ["writeOnly": true]]], ["properties": ["p": ["format": "email"]]]]],
            ["anyOf": [["properties": ["p": ["writeOnly": true]]], true], "properties": ["p": ["format": "email"]]],
            [
                "properties": [
                    "p": ["allOf": [["anyOf": [true, ["format": "password"]]]], "maximum": 1, "pattern": "^x"]
                ]
            ],
            ["patternProperties": ["^p": ["writeOnly": true, "pattern": "^x"]]],
            ["additionalProperties": ["writeOnly": true, "pattern": "^x"]],
            ["properties": ["p": ["not": ["writeOnly": true]]]],
        ] as [JSONValue])
    func aSecretIsNotTold(schema: JSONValue) throws {
        let errors = try Schema(schema).validate(["p": .string(Self.secret)])
        #expect(!errors.isEmpty)
        for error in errors { #expect(!error.message.contains("hunter2"), "\(error.message)") }
    }

    @Test func whatIsInASecretIsNotTold() throws {
        let schema: JSONValue = ["properties": ["p": ["writeOnly": true, "items": ["format": "email"]]]]
        let errors = try Schema(schema).validate(["p": [.string(Self.secret)]])
        #expect(errors.map(\.message) == ["`p[0]` must be an email address such as name@example.com"])
    }

    @Test func theLengthOfASecretIsNotTold() throws {
        let schema: JSONValue = ["properties": ["p": ["writeOnly": true, "maxLength": 3]]]
        #expect(
            try Schema(schema).validate(["p": "12345"]).map(\.message) == ["`p` must have at most 3 characters"])
    }

    @Test func otherValuesAreTold() throws {
        let schema: JSONValue = ["properties": ["p": ["writeOnly": true], "q": ["maximum": 1]]]
        #expect(try Schema(schema).validate(["q": 2]).map(\.message) == ["`q` must be at most 1, got 2"])
    }
}
