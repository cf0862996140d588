import JSON
import JSONSchema
import Testing

/// Where one member tells branches apart, only those that can matter are looked at. The verdict must not depend on it.
struct BranchTests {
    private static let kinds = ["a", "b", "c", "d", "e", "ü", "a name of more than sixteen bytes"]

    /// For each kind, a member of that name that must be a number.
    private func form(_ kind: String, _ wish: (String) -> JSONValue) -> JSONValue {
        ["properties": ["kind": wish(kind), kind: ["type": "number"]], "required": ["kind", .string(kind)]]
    }

    private func const(_ kind: String) -> JSONValue { ["const": .string(kind)] }

    private func errors(_ schema: JSONValue, _ value: JSONValue) throws -> [String] {
        let schema = try Schema(schema)
        let errors = schema.validate(value).map { "\($0.pointer) \($0.message)" }
        #expect(schema.accepts(value) == errors.isEmpty)
        return errors
    }

    @Test(arguments: kinds)
    func theConditionOfAMembersTextAppliesAlone(kind: String) throws {
        let branches = Self.kinds.map { kind -> JSONValue in
            ["if": ["properties": ["kind": const(kind)]], "then": form(kind, const)]
        }
        let schema: JSONValue = ["allOf": .array(branches)]
        #expect(try errors(schema, ["kind": .string(kind), kind: 1]) == [])
        #expect(try errors(schema, ["kind": .string(kind)]).count == 1)
        #expect(try errors(schema, ["kind": .string(kind), kind: "1"]).count == 1)
        #expect(try errors(schema, ["kind": "another"]) == [])
        #expect(try errors(schema, ["kind": 7]) == [])
        // Nothing of `properties` is broken where the member is missing: then every condition holds.
        #expect(try errors(schema, [:]).count == Self.kinds.count + 1)
        #expect(try errors(schema, "text") == [])
    }

    @Test(arguments: kinds)
    func aFormOfAMembersTextIsFoundAmongMany(kind: String) throws {
        for keyword in ["oneOf", "anyOf"] {
            let schema: JSONValue = [keyword: .array(Self.kinds.map { form($0, const) })]
            #expect(try errors(schema, ["kind": .string(kind), kind: 1]) == [])
            #expect(try errors(schema, ["kind": .string(kind)]).count == 1)
            #expect(try errors(schema, ["kind": "another", kind: 1]).count == 1)
            #expect(try errors(schema, [kind: 1]).count == 1)
            // What is no object breaks nothing of any of them.
            #expect(try errors(schema, "text").count == (keyword == "oneOf" ? 1 : 0))
        }
    }

    /// A branch that wants nothing of the member, and one that takes several texts, stay in play.
    @Test func otherBranchesAreLookedAtForEveryText() throws {
        var branches = Self.kinds.map { form($0, const) }
        branches.append(["properties": ["kind": ["enum": ["x", "y"]]], "required": ["kind"]])
        branches.append(["required": ["free"]])
        let schema: JSONValue = ["oneOf": .array(branches)]
        #expect(try errors(schema, ["kind": "x"]) == [])
        #expect(try errors(schema, ["kind": "y"]) == [])
        #expect(
            try errors(schema, ["kind": "y", "free": 1])
                == [" The value must fit exactly one of the 9 allowed forms, fits 2"])
        #expect(try errors(schema, ["kind": "another", "free": 1]) == [])
        #expect(try errors(schema, ["kind": 7, "free": 1]) == [])
    }

    /// A kind that no form has is told with all that there are, and not with what one of them would need besides.
    @Test func anUnknownKindIsToldWithTheKnownOnes() throws {
        let schema: JSONValue = ["oneOf": .array(["circle", "square"].map { form($0, const) })]
        #expect(
            try errors(schema, ["kind": "triangle"])
                == ["/kind `kind` must be one of \"circle\" or \"square\", got \"triangle\""])
        #expect(
            try errors(["anyOf": [["const": "a"], ["enum": ["b", 3]]]], "d")
                == [" The value must be one of \"a\", \"b\" or 3, got \"d\""])
    }

    /// `unevaluatedProperties` sees what the branch that applies has evaluated, and nothing of the others.
    @Test func whatTheOtherBranchesKnowIsNotEvaluated() throws {
        let branches = Self.kinds.map { kind -> JSONValue in
            ["if": ["properties": ["kind": const(kind)]], "then": ["properties": ["kind": true, kind: true]]]
        }
        let schema: JSONValue = ["allOf": .array(branches), "unevaluatedProperties": false]
        #expect(try errors(schema, ["kind": "a", "a": 1]) == [])
        #expect(try errors(schema, ["kind": "a", "b": 1]).map { $0.prefix(3) } == ["/b "])
    }
}
