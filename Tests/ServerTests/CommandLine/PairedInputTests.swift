import Commands
import Engine
import JSON
import Testing

@testable import Server

/// The pairs of `usher run`, read by the schema of their action.
struct PairedInputTests {
    /// Fields of every kind, for what the shipped actions have none of.
    private static let document = """
        {"version": 1, "$defs": {"count": {"type": ["integer", "string"], "minimum": 1, "pattern": "^[1-9][0-9]*$"}},
         "commands": {"try-all": {"summary": "Tries", "description": "Tries.", "output": {},
          "examples": [{"input": {}, "output": 1}], "expose": ["cli"],
          "effects": {"readOnly": true, "destructive": false, "idempotent": true},
          "input": {"type": "object", "additionalProperties": false, "properties": {
            "text": {"type": "string"}, "maybeText": {"type": ["string", "null"]}, "count": {"$ref": "#/$defs/count"},
            "whole": {"type": "integer"}, "number": {"type": "number"}, "flag": {"type": "boolean"},
            "maybe": {"type": ["integer", "null"]}, "role": {"type": ["string", "null"], "enum": ["A", "B", null]},
            "either": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
            "names": {"type": "array", "items": {"type": "string"}},
            "counts": {"type": ["array", "null"], "items": {"type": "integer"}},
            "a.b": {"type": "string"}, "secret": {"type": "string", "writeOnly": true},
            "any": true, "open": {"type": "object"},
            "group": {"type": ["object", "null"], "additionalProperties": false,
                      "properties": {"seats": {"$ref": "#/$defs/count"}, "inner": {"type": "object",
                        "properties": {"flag": {"type": "boolean"}}}}}}}}}}
        """

    private func input(_ arguments: [String], overlay: String? = nil) throws -> JSONValue {
        let document = try DescriptorDocument(parsing: Array(Self.document.utf8), name: "test")
        let overlay = overlay.map { Overlay(parsing: Array($0.utf8), name: "overlay") }
        #expect(overlay?.mistakes(for: [document]) ?? [] == [])
        let catalogue = ActionCatalogue([document], overlay: overlay)
        let pairs = arguments.compactMap(PairedInput.Pair.init)
        return try PairedInput(catalogue.find("try-all", among: catalogue.descriptors))
            .input(pairs) { "the secret of \($0)" }
    }

    @Test(
        arguments: [
            (["text=123"], ["text": "123"]), (["text=true"], ["text": "true"]), (["text="], ["text": ""]),
            (["text=a=b"], ["text": "a=b"]), (["text={}"], ["text": "{}"]), (["text=-"], ["text": "-"]),
            (["maybeText=null"], ["maybeText": "null"]), (["role=A"], ["role": "A"]), (["role=null"], ["role": .null]),
            (["count=3"], ["count": 3]), (["count=many"], ["count": "many"]), (["whole=3"], ["whole": 3]),
            (["whole=-3"], ["whole": -3]), (["whole=1e2"], ["whole": 100]), (["whole=x"], ["whole": "x"]),
            (["number=1.5"], ["number": 1.5]), (["flag=false"], ["flag": false]), (["flag=no"], ["flag": "no"]),
            (["maybe=null"], ["maybe": .null]), (["either=12"], ["either": 12]), (["either=012"], ["either": "012"]),
            (["either=1.0"], ["either": "1.0"]), (["either=99999999999999999999"], ["either": "99999999999999999999"]),
            (["names=a"], ["names": ["a"]]), (["names=a,b"], ["names": ["a", "b"]]), (["names="], ["names": []]),
            (["names=1,null"], ["names": ["1", "null"]]), (["names=a,b", "names=c"], ["names": ["a", "b", "c"]]),
            ([#"names=["a,b"]"#], ["names": ["a,b"]]), (["counts=1,2"], ["counts": [1, 2]]),
            (["counts=null"], ["counts": .null]), (["a.b=1"], ["a.b": "1"]), (["any=3"], ["any": 3]),
            (["any=x"], ["any": "x"]), (["open.x.y=z"], ["open": ["x": ["y": "z"]]]),
            (["group.seats=3", "group.inner.flag=true"], ["group": ["seats": 3, "inner": ["flag": true]]]),
            ([#"group={"seats":"3"}"#], ["group": ["seats": "3"]]), (["group=null"], ["group": .null]),
            (["secret=-"], ["secret": "the secret of secret"]), (["secret=--"], ["secret": "--"]),
        ] as [([String], JSONValue)])
    func theSchemaSaysWhatAPairIs(arguments: [String], expected: JSONValue) throws {
        #expect(try input(arguments) == expected)
    }

    @Test(arguments: [
        (["txt=1"], "/txt", "Did you mean `text`?"), (["group.seat=1"], "/group/seat", "Did you mean `group.seats`?"),
        (["zzzzzzzz=1"], "/zzzzzzzz", "`usher commands try-all`"), (["text.x=1"], "/text/x", "is not a field"),
        (["text=1", "text=1"], "/text", "twice"), (["group={", "text=1"], "/group", "is not JSON"),
        (["group.seats=1", "group={}"], "/group", "twice"), (["group={}", "group.seats=1"], "/group/seats", "twice"),
        (["group.inner.flag=1", "group.inner={}"], "/group/inner", "twice"), (["names=[1"], "/names", "is not JSON"),
    ])
    func aPairThatLeadsNowhereIsRefused(arguments: [String], pointer: String, words: String) throws {
        let failure = #expect(throws: CommandFailure.self) { try input(arguments) }
        #expect(failure?.code == .invalidInput)
        #expect(failure?.fields.map(\.pointer) == [pointer])
        #expect(failure?.detail.contains(words) == true, "\(failure?.detail ?? "")")
    }

    @Test func allMistakesAreToldAtOnce() {
        let failure = #expect(throws: CommandFailure.self) {
            try input(["a=1", "text=1", "text=2", "counts=[", "b=1"])
        }
        #expect(failure?.fields.map(\.pointer) == ["/a", "/text", "/counts", "/b"])
    }

    @Test func whatAnOverlayAsksForDecidesTheReading() throws {
        let overlay = """
            {"version":1,"commands":{"try-all":{"input":{"properties":{"either":{"type":"string"},
             "group":{"properties":{"seats":{"type":"string"}}}}}}}}
            """
        #expect(try input(["either=12"], overlay: overlay) == ["either": "12"])
        #expect(try input(["group.seats=12"], overlay: overlay) == ["group": ["seats": "12"]])
        #expect(try input(["whole=12"], overlay: overlay) == ["whole": 12])
    }
}
