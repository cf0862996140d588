import JSON
import JSONSchema
import Testing

struct MessageTests {
    private func messages(_ schema: JSONValue, _ value: JSONValue) throws -> [String] {
        try Schema(schema).validate(value).map { "\($0.pointer) \($0.keyword): \($0.message)" }
    }

    @Test(
        arguments: [
            (["minimum": 1], 0, "/seats minimum: `seats` must be at least 1, got 0"),
            (["maximum": 5.5], 6, "/seats maximum: `seats` must be at most 5.5, got 6"),
            (["exclusiveMinimum": 1], 1, "/seats exclusiveMinimum: `seats` must be more than 1, got 1"),
            (["exclusiveMaximum": 1], 1, "/seats exclusiveMaximum: `seats` must be less than 1, got 1"),
            (["multipleOf": 5], 7, "/seats multipleOf: `seats` must be a multiple of 5, got 7"),
            (["type": "integer"], "x", "/seats type: `seats` must be a whole number, got \"x\""),
            (["type": ["string", "null"]], [1], "/seats type: `seats` must be text or null, got a list"),
            (["enum": ["a", "b", nil]], "c", "/seats enum: `seats` must be one of \"a\", \"b\" or null, got \"c\""),
            (["enum": []], 1, "/seats enum: `seats` is not allowed here, got 1"),
            (
                ["additionalProperties": false], ["": 1],
                "/seats/ additionalProperties: `seats.\"\"` is not a field here"
            ),
            (["const": "a"], [:], "/seats const: `seats` must be \"a\", got an object"),
            (["minLength": 1], "", "/seats minLength: `seats` must not be empty"),
            (["minLength": 3], "äö", "/seats minLength: `seats` must have at least 3 characters, has 2"),
            (["maxLength": 1], "äö", "/seats maxLength: `seats` must have at most 1 character, has 2"),
            (["pattern": "^[a-z]$"], "7", "/seats pattern: `seats` must match the pattern `^[a-z]$`, got \"7\""),
            (["format": "ipv4"], "7", "/seats format: `seats` must be an IPv4 address such as 192.0.2.1, got \"7\""),
            (["maxItems": 1], [1, 2], "/seats maxItems: `seats` must have at most 1 item, has 2"),
            (["items": ["type": "null"]], [1], "/seats/0 type: `seats[0]` must be null, got 1"),
            (
                ["uniqueItems": true], [1, 2, 1.0],
                "/seats uniqueItems: `seats` must not have an item twice: items 0 and 2 (from 0) are equal"
            ),
            (["required": ["x"]], [:], "/seats/x required: `seats.x` is required"),
            (
                ["dependentRequired": ["a": ["b"]]], ["a": 1],
                "/seats/b dependentRequired: `seats.b` is required where `a` is given"
            ),
            (
                ["propertyNames": ["maxLength": 1]], ["ab": 1],
                "/seats/ab maxLength: The name `ab` must have at most 1 character, has 2"
            ),
            (false, 1, "/seats false: `seats` is not allowed here"),
            (["not": ["const": 1]], 1, "/seats not: `seats` must not be of this form, got 1"),
            (
                ["oneOf": [["minimum": 1], ["minimum": 2]]], 3,
                "/seats oneOf: `seats` must fit exactly one of the 2 allowed forms, fits 2"
            ),
        ] as [(JSONValue, JSONValue, String)])
    func aMistakeIsToldByNameAndValue(schema: JSONValue, value: JSONValue, message: String) throws {
        #expect(try messages(["properties": ["seats": schema]], ["seats": value]) == [message])
    }

    @Test func anUnknownFieldGetsTheNearestNameThatIsNotGiven() throws {
        let schema: JSONValue = ["properties": ["seats": true, "email": true], "additionalProperties": false]
        #expect(
            try messages(schema, ["seat": 1])
                == ["/seat additionalProperties: `seat` is not a field here. Did you mean `seats`?"])
        #expect(try messages(schema, ["emial": 1]).first?.hasSuffix("Did you mean `email`?") == true)
        #expect(try messages(schema, ["colour": 1]) == ["/colour additionalProperties: `colour` is not a field here"])
        #expect(try messages(schema, ["seats": 1, "seat": 1]).first?.contains("mean") == false)
    }

    @Test func theBranchThatComesClosestIsTold() throws {
        let forms: JSONValue = [
            "anyOf": [
                ["type": "object", "required": ["kind", "size"], "properties": ["kind": ["const": "box"]]],
                [
                    "type": "object", "required": ["kind", "text"],
                    "properties": ["kind": ["const": "note"], "text": ["minLength": 2]],
                ],
                ["type": "null"],
            ]
        ]
        #expect(
            try messages(forms, ["kind": "note", "text": "a"])
                == ["/text minLength: `text` must have at least 2 characters, has 1"])
        #expect(try messages(forms, ["kind": "box"]) == ["/size required: `size` is required"])
    }

    @Test func branchesThatMissTheSameAreToldTogether() throws {
        let either: JSONValue = ["anyOf": [["required": ["userId"]], ["required": ["email"]]]]
        #expect(try messages(either, [:]) == [" anyOf: `userId` or `email` is required"])
        let types: JSONValue = ["oneOf": [["type": "string"], ["type": "null"]]]
        #expect(try messages(types, 1) == [" oneOf: The value must be text or null, got 1"])
    }

    @Test func errorsComeInTheOrderOfTheDocument() throws {
        let schema: JSONValue = [
            "required": ["z"], "additionalProperties": false,
            "properties": ["a": ["minimum": 1], "b": ["items": ["type": "null"]]],
        ]
        let value: JSONValue = ["x": 1, "b": [1, nil, 2], "a": 0, "c": 1]
        #expect(
            try Schema(schema).validate(value).map(\.pointer.description) == ["/z", "/x", "/b/0", "/b/2", "/a", "/c"])
    }

    @Test func fiftyErrorsAreEnough() throws {
        let items = JSONValue.array(Array(repeating: 1, count: 5000))
        let errors = try Schema(["items": ["type": "string"]]).validate(items)
        #expect(errors.count == 50)
        #expect(errors.last?.pointer.description == "/49")
    }

    @Test func longValuesAreCut() throws {
        let text = String(repeating: "long ", count: 1000)
        let message = try #require(try messages(["maximum": 1, "format": "date"], .string(text)).first)
        #expect(message.count < 200)
        #expect(message.contains("long …"))
        let digits = JSONValue.number(try #require(JSONNumber(String(repeating: "9", count: 1000))))
        #expect(try #require(try messages(["maximum": 1], digits).first).count < 250)
        #expect(try #require(try messages(["additionalProperties": false], [text: 1]).first).utf8.count < 5300)
    }

    @Test func aSchemaCanSayInItsOwnWordsWhatItExpects() throws {
        let schema: JSONValue = [
            "properties": [
                "seats": [
                    "type": ["integer", "string"], "minimum": 1, "pattern": "^[1-9]$",
                    "x-expected": "a whole number from 1 to 9",
                ]
            ]
        ]
        #expect(
            try messages(schema, ["seats": "two"]) == [
                #"/seats pattern: `seats` must be a whole number from 1 to 9, got "two""#
            ])
        #expect(
            try messages(schema, ["seats": true]) == [
                "/seats type: `seats` must be a whole number from 1 to 9, got true"
            ])
        #expect(try messages(schema, ["seats": 0]) == ["/seats minimum: `seats` must be at least 1, got 0"])
    }

    @Test func whereASchemaHasItsOwnWordsAValueHasOneMistake() throws {
        let schema: JSONValue = [
            "x-expected": "a word of 1 to 3 letters", "minLength": 1, "maxLength": 3, "pattern": "^[a-z]+$",
            "format": "hostname",
        ]
        #expect(try messages(schema, "") == [#" minLength: The value must be a word of 1 to 3 letters, got """#])
        #expect(try messages(schema, "ABCD") == [" maxLength: The value must have at most 3 characters, has 4"])
        #expect(try messages(schema, "A_") == [#" pattern: The value must be a word of 1 to 3 letters, got "A_""#])
    }

    @Test func nullInPlaceOfAReferenceIsToldAsMissing() throws {
        let either: JSONValue = [
            "anyOf": [
                ["required": ["userId"], "properties": ["userId": ["type": "integer"]]],
                ["required": ["email"], "properties": ["email": ["type": "string"]]],
            ],
            "properties": ["email": ["type": ["string", "null"], "x-expected": "an address"]],
        ]
        for value in [[:], ["userId": nil], ["email": nil], ["userId": nil, "email": nil]] as [JSONValue] {
            #expect(try messages(either, value) == [" anyOf: `userId` or `email` is required"])
        }
        #expect(try messages(either, ["email": 5]) == ["/email type: `email` must be an address, got 5"])
        var own = either.objectValue ?? [:]
        own["x-missing"] = "Nobody is named."
        #expect(try messages(.object(own), [:]) == [" anyOf: Nobody is named."])
    }

    @Test func theNearestNameOfAFieldWithinIsToldWithItsPlace() throws {
        let inner: JSONValue = ["properties": ["seats": true], "additionalProperties": false]
        #expect(
            try messages(["properties": ["license": inner]], ["license": ["seat": 1]])
                == [
                    "/license/seat additionalProperties: `license.seat` is not a field here. Did you mean `license.seats`?"
                ])
    }
}
