import Engine
import JSON
import JSONSchema
import Testing

/// What an operator lays over the commands, beyond what `RegistryTests` has.
struct OverlayTests {
    private func overlay(_ commands: String) -> Overlay {
        Overlay(parsing: Array("{\"version\": 1, \"commands\": \(commands)}".utf8), name: "overlay.json")
    }

    private func registry(_ overlay: Overlay) throws -> Registry {
        let nothing = try DescriptorDocument(parsing: Array(#"{"version":1,"commands":{}}"#.utf8), name: "none")
        return try Registry(plugins: [TallyPlugin()], shipped: nothing, overlay: overlay)
    }

    private func descriptor(_ commands: String) throws -> Descriptor {
        try #require(try registry(overlay(commands)).descriptor("add-to-tally"))
    }

    @Test func itsExamplesComeBeforeTheShippedOnesThatStillFit() throws {
        let examples = #""examples": [{"input": {"name": "b"}}, {"input": {"name": "c", "by": 1}, "output": 7}]"#
        let more = try descriptor("{\"add-to-tally\": {\(examples)}}")
        #expect(more.examples.map { $0.input["name"] } == ["b", "c", "a"])
        #expect(more.examples.map(\.output) == [nil, 7, 2])
        let tight = #"{"add-to-tally": {"input": {"properties": {"by": {"maximum": 1}}}, \#(examples)}}"#
        #expect(try descriptor(tight).examples.map { $0.input["name"] } == ["b", "c"])
    }

    @Test func anExampleHasToFitTheShippedSchemaAndItsOwn() throws {
        let wrong = overlay(
            #"""
            {"add-to-tally": {"input": {"properties": {"by": {"maximum": 1}}}, "examples": [
                {"input": {"name": "a", "by": 1}}, {"input": {"name": "", "by": 2}, "output": "two"}]}}
            """#)
        let problems = #expect(throws: RegistryProblems.self) { try registry(wrong) }?.problems
        let place = "overlay.json: /commands/add-to-tally/examples/1"
        let expected = ["\(place)/input/name: ", "\(place)/input/by: ", "\(place)/output: "]
        #expect(problems?.count == 3)
        for part in expected { #expect(problems?.contains { $0.hasPrefix(part) } == true, "\(part)") }
        let document = try DescriptorDocument(parsing: Array(TallyPlugin.json.utf8), name: "tally.json")
        #expect(wrong.mistakes(for: [document]) == problems, "told by a check as by a start")
    }

    @Test func aFieldThatNoInputCanHaveIsToldWithTheNearestName() throws {
        let wrong = overlay(
            #"""
            {"add-to-tally": {"input": {"required": ["name", "nam"], "allOf": [{"properties": {"bye": {"maximum": 1}}}],
                                        "not": {"required": ["to"]}, "properties": {"by": {"maximum": 5}}}}}
            """#)
        let place = "overlay.json: /commands/add-to-tally/input"
        let expected = [
            "\(place)/required/1: `nam` is not a field of `add-to-tally`. Did you mean `name`?",
            "\(place)/allOf/0/properties/bye: `bye` is not a field of `add-to-tally`. Did you mean `by`?",
            "\(place)/not/required/0: `to` is not a field of `add-to-tally`",
        ]
        #expect(#expect(throws: RegistryProblems.self) { try registry(wrong) }?.problems == expected)
        let document = try DescriptorDocument(parsing: Array(TallyPlugin.json.utf8), name: "tally.json")
        #expect(wrong.mistakes(for: [document]) == expected)
    }

    @Test func aFieldOfOneBranchIsAField() throws {
        let text = #"""
            {"version": 1, "commands": {"act": {"summary": "s", "description": "d", "output": {}, "expose": ["cli"],
              "input": {"anyOf": [{"properties": {"a": {"type": "integer"}}, "additionalProperties": false},
                                  {"properties": {"b": {"type": "integer"}}, "additionalProperties": false}]},
              "examples": [{"input": {}, "output": 1}],
              "effects": {"readOnly": false, "destructive": false, "idempotent": false}}}}
            """#
        let document = try DescriptorDocument(parsing: Array(text.utf8), name: "document")
        let fine = overlay(#"{"act": {"input": {"properties": {"a": {"maximum": 5}, "b": {"maximum": 5}}}}}"#)
        #expect(fine.mistakes(for: [document]) == [])
        let wrong = overlay(#"{"act": {"input": {"properties": {"c": {"maximum": 5}}}}}"#)
        #expect(wrong.mistakes(for: [document]).count == 1)
    }

    @Test(arguments: [
        (#"{"add-to-tally": {"aliases": ["read-tally"]}}"#, "there is an action of that name"),
        (#"{"add-to-tally": {"aliases": ["sum"]}, "read-tally": {"aliases": ["sum"]}}"#, "`add-to-tally` has it"),
    ])
    func aNameThatIsTakenIsToldWithItsOwner(commands: String, reason: String) throws {
        let problems = #expect(throws: RegistryProblems.self) { try registry(overlay(commands)) }?.problems
        #expect(problems?.count == 1 && problems?.first?.hasSuffix(reason) == true, "\(problems ?? [])")
    }

    @Test func oneSchemaSaysWhatBothSay() throws {
        let tightened = try descriptor(
            #"""
            {"add-to-tally": {"input": {"$defs": {"tally": {"maximum": 5}}, "properties": {"by": {"$ref": "#/$defs/tally"}}},
                              "aliases": ["bump"]}}
            """#)
        #expect(tightened.aliases == ["bump"])
        let schema = try Schema(tightened.tightenedInput)
        #expect(schema.accepts(["name": "a", "by": 5]))
        for wrong: JSONValue in [["name": "a", "by": 6], ["name": "", "by": 5], ["name": "a", "to": 5]] {
            #expect(!schema.accepts(wrong), "\(wrong)")
        }
        #expect(try descriptor("{}").tightenedInput == descriptor("{}").input)
    }

    @Test func whatBothRefuseIsToldInTheOrderOfTheDocument() async throws {
        let tight = #"{"add-to-tally": {"input": {"properties": {"by": {"maximum": 5}}, "minProperties": 4}}}"#
        let test = try await EngineUnderTest.make(overlay: overlay(tight))
        let refused = await #expect(throws: CommandFailure.self) {
            try await test.call("add-to-tally", ["to": 1, "by": 9, "name": ""])
        }
        #expect(refused?.fields.map(\.pointer) == ["", "/to", "/by", "/name"])
    }

    @Test func aNameThatItGivesIsSuggested() async throws {
        let test = try await EngineUnderTest.make(overlay: overlay(#"{"add-to-tally": {"aliases": ["increment"]}}"#))
        let refused = await #expect(throws: CommandFailure.self) { try await test.call("incremnt", ["name": "a"]) }
        #expect(refused?.detail == "There is no action `incremnt`. Did you mean `increment`?")
    }

    @Test func itIsAppliedToDescriptorsAlone() throws {
        let changed = overlay(
            #"{"read-tally": {"disabled": true}, "add-to-tally": {"aliases": ["bump"], "input": {"minProperties": 3}}}"#
        )
        let document = try DescriptorDocument(parsing: Array(TallyPlugin.json.utf8), name: "tally.json")
        let applied = changed.applied(to: document.descriptors)
        #expect(applied.count == document.descriptors.count - 1)
        #expect(applied.first?.aliases == ["bump"] && applied.first?.examples.isEmpty == true)
    }
}
