import Engine
import JSON
import Storage
import Synchronization
import Testing

struct RegistryTests {
    private func document(_ text: String) throws -> DescriptorDocument {
        try DescriptorDocument(parsing: Array(text.utf8), name: "test.json")
    }

    private struct Mismatched: CommandPlugin {
        let name = "mismatched"
        let commands: [any Command] = [AddToTally(), ReadTally()]
    }

    @Test func everyMismatchIsReportedAtOnce() throws {
        let shipped = try document(
            """
            {"version": 1, "commands": {
              "add-to-tally": {"summary": "s", "description": "d", "input": {"type": "wrong"}, "output": {"minimun": 1},
                "examples": [{"input": {}, "output": 1}], "expose": ["webhook"],
                "effects": {"readOnly": false, "destructive": false, "idempotent": false}},
              "orphan": {"summary": "s", "description": "d", "input": {}, "output": {},
                "examples": [{"input": {}, "output": 1}], "expose": ["webhook"],
                "effects": {"readOnly": false, "destructive": false, "idempotent": false}}}}
            """)
        let problems = try #require(throws: RegistryProblems.self) {
            try Registry(plugins: [Mismatched()], shipped: shipped)
        }
        let text = problems.description
        for expected in ["`read-tally` has no descriptor", "`orphan` is described, but", "input schema"] {
            #expect(text.contains(expected), "\(text)")
        }
    }

    @Test func anExampleThatDoesNotValidateStopsTheStart() throws {
        let text = TallyPlugin.json.replacing(#""input": {"name": "a", "by": 2}"#, with: #""input": {"name": 5}"#)
        let shipped = try document(text)
        struct Plugin: CommandPlugin {
            let name = "tally"
            let commands = TallyPlugin().commands
        }
        let problems = try #require(throws: RegistryProblems.self) {
            try Registry(plugins: [Plugin()], shipped: shipped)
        }
        #expect(problems.description.contains("`add-to-tally` example 1, input/name"))
    }

    @Test func aDocumentNamesItsMistakes() throws {
        let problems = try #require(throws: RegistryProblems.self) {
            try document(#"{"version":1,"commands":{"Bad_Name":{"summary":"s","expose":["smoke-signal"],"colour":1}}}"#)
        }
        let text = problems.description
        for expected in [
            "test.json: /commands/Bad_Name: The name `Bad_Name` must be a name in kebab-case",
            "Bad_Name.description` is",
            "/commands/Bad_Name/input: ", "/commands/Bad_Name/expose/0: ", "/commands/Bad_Name/colour: ",
            "/commands/Bad_Name/effects: ",
        ] {
            #expect(text.contains(expected), "\(text)")
        }
    }

    @Test func aSchemaGetsTheSharedDefinitionsThatItUsesByWayOfOthersToo() throws {
        let read = try document(
            """
            {"version": 1,
             "$defs": {"a": {"items": {"$ref": "#/$defs/b/items"}}, "b": {"items": {"$ref": "#/$defs/b"}}, "c": {}},
             "commands": {"act": {"summary": "s", "description": "d",
               "input": {"properties": {"x": {"$ref": "#/$defs/a"}}}, "output": {"$ref": "#/$defs/none"},
               "examples": [{"input": {}, "output": 1}], "expose": ["webhook"],
                "effects": {"readOnly": false, "destructive": false, "idempotent": false}}}}
            """)
        let descriptor = try #require(read.descriptors.first)
        #expect(descriptor.input["$defs"]?.objectValue.map { Set($0.keys) } == ["a", "b"])
        #expect(descriptor.output["$defs"] == [:])
    }

    @Test func anOverlayTightensDisablesAndRenames() async throws {
        let overlay = Overlay(
            parsing: Array(
                """
                {"version": 1, "commands": {
                    "add-to-tally": {"input": {"properties": {"by": {"maximum": 5}}}, "aliases": ["bump"]},
                    "spoil-tally": {"disabled": true}}}
                """.utf8), name: "overlay.json")
        let test = try await EngineUnderTest.make(overlay: overlay)
        #expect(try await test.call("bump", ["name": "a", "by": 5]) == 5)
        let tooMuch = try await failure { try await test.call("bump", ["name": "a", "by": 6]) }
        #expect(tooMuch?.fields.first?.pointer == "/by")
        let gone = try await failure { try await test.call("spoil-tally", ["name": "a"]) }
        #expect(gone?.code == .actionNotFound)
    }

    @Test func anOverlayForAnUnknownActionIsRefused() async throws {
        let overlay = Overlay(
            parsing: Array(#"{"version":1,"commands":{"add-to-taly":{"disabled":true}}}"#.utf8), name: "overlay.json")
        let problems = await #expect(throws: RegistryProblems.self) { try await EngineUnderTest.make(overlay: overlay) }
        #expect(problems?.description.contains("did you mean `add-to-tally`?") == true)
    }

    @Test func anOverlayNamesEveryMistakeAtOnceWithItsPlace() throws {
        let text = #"""
            {"version": 1, "foo": 1, "commands": {
                "a": false, "add-to-tally": {"disable": true, "aliases": [5, "Two Words", "read-tally"]},
                "read-tally": {"input": {"properties": {"name": {"minLength": "x"}}}}}}
            """#
        let mistakes = Overlay(parsing: Array(text.utf8), name: "overlay.json")
            .mistakes(for: [try document(TallyPlugin.json)])
        let expected = [
            "overlay.json: /foo: `foo` is not a field here",
            "overlay.json: /commands/a: `commands.a` must be an object",
            "overlay.json: /commands/a: there is no such action", "overlay.json: /commands/add-to-tally/disable: ",
            "overlay.json: /commands/add-to-tally/aliases/0: ", "overlay.json: /commands/add-to-tally/aliases/1: ",
            "overlay.json: /commands/add-to-tally/aliases: `read-tally` cannot be another name",
            "overlay.json: /commands/read-tally/input/properties/name/minLength: ",
        ]
        for part in expected { #expect(mistakes.contains { $0.hasPrefix(part) }, "\(part) in \(mistakes)") }
        #expect(mistakes.count == expected.count, "\(mistakes)")
    }

    @Test func aReplacedRegistryHoldsForLaterCalls() async throws {
        let test = try await EngineUnderTest.make()
        #expect(try await test.call("add-to-tally", ["name": "a"]) == 1)
        let overlay = Overlay(
            parsing: Array(#"{"version":1,"commands":{"add-to-tally":{"disabled":true}}}"#.utf8), name: "overlay.json")
        let (number, old) = (test.engine.edition.number, test.engine.registry)
        test.engine.replaceRegistry(
            with: try Registry(
                plugins: [TallyPlugin()], shipped: document(#"{"version":1,"commands":{}}"#), overlay: overlay))
        #expect(test.engine.edition.number == number + 1)
        let gone = try await failure { try await test.call("add-to-tally", ["name": "a"]) }
        #expect(gone?.code == .actionNotFound)
        test.engine.replaceRegistry(with: old)
        #expect(try await test.call("add-to-tally", ["name": "a"]) == 2)
    }

    private final class EngineBox: Sendable {
        let engine = Mutex<CommandEngine?>(nil)
    }

    @Test func aCommandThatHasBegunEndsAsItWasFound() async throws {
        let overlay = Overlay(
            parsing: Array(#"{"version":1,"commands":{"sweep-tally":{"disabled":true}}}"#.utf8), name: "overlay.json")
        let without = try Registry(
            plugins: [TallyPlugin()], shipped: document(#"{"version":1,"commands":{}}"#), overlay: overlay)
        let box = EngineBox()
        let test = try await EngineUnderTest.make(afterCommit: { _ in
            box.engine.withLock { $0?.replaceRegistry(with: without) }
        })
        for name in ["a", "b", "c"] { _ = try await test.call("add-to-tally", ["name": .string(name)]) }
        box.engine.withLock { $0 = test.engine }
        // Two a step: it is replaced between the first and the second.
        #expect(try await test.call("sweep-tally", [:])["swept"] == 3)
        let gone = try await failure { try await test.call("sweep-tally", [:]) }
        #expect(gone?.code == .actionNotFound)
    }

    @Test func theServersOwnVerbsIgnoreTheOverlay() async throws {
        let overlay = Overlay(
            parsing: Array(#"{"version":1,"commands":{"add-to-tally":{"disabled":true}}}"#.utf8), name: "overlay.json")
        let test = try await EngineUnderTest.make(overlay: overlay)
        let own = CommandRequest(
            id: "r1", channel: .cli, caller: .commandLine(), client: Client(), ignoresOverlay: true)
        #expect(try await test.engine.run("add-to-tally", ["name": "a"], for: own) == 1)
    }
}
