import Engine
import JSON
import Storage
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
                "examples": [{"input": {}, "output": 1}], "expose": ["webhook"]},
              "orphan": {"summary": "s", "description": "d", "input": {}, "output": {},
                "examples": [{"input": {}, "output": 1}], "expose": ["webhook"]}}}
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
        for expected in ["kebab-case", "needs `description`", "needs `input`", "needs `expose`", "`colour`"] {
            #expect(text.contains(expected), "\(text)")
        }
    }

    @Test func anOverlayTightensDisablesAndRenames() async throws {
        let overlay = try Overlay(
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
        let overlay = try Overlay(
            parsing: Array(#"{"version":1,"commands":{"add-to-taly":{"disabled":true}}}"#.utf8), name: "overlay.json")
        let problems = await #expect(throws: RegistryProblems.self) { try await EngineUnderTest.make(overlay: overlay) }
        #expect(problems?.description.contains("did you mean `add-to-tally`?") == true)
    }

    @Test func anOverlayNamesEverythingThatItDoesNotUnderstand() throws {
        let text = #"{"version":1,"foo":1,"commands":{"a":false,"b":{"disable":true},"c":{"aliases":[5,"Two Words"]}}}"#
        let problems = try #require(throws: RegistryProblems.self) {
            try Overlay(parsing: Array(text.utf8), name: "overlay.json")
        }
        #expect(problems.problems.count == 5, "\(problems)")
    }

    @Test func theServersOwnVerbsIgnoreTheOverlay() async throws {
        let overlay = try Overlay(
            parsing: Array(#"{"version":1,"commands":{"add-to-tally":{"disabled":true}}}"#.utf8), name: "overlay.json")
        let test = try await EngineUnderTest.make(overlay: overlay)
        let own = CommandRequest(
            id: "r1", channel: .cli, caller: .commandLine(), client: Client(), ignoresOverlay: true)
        #expect(try await test.engine.run("add-to-tally", ["name": "a"], for: own) == 1)
    }
}
