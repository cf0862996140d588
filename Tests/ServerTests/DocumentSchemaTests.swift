import Commands
import Engine
import Foundation
import JSON
import JSONSchema
import Testing

/// `commands.schema.json` as editors use it, and what the documents say of it.
struct DocumentSchemaTests {
    private let schema: Schema
    private let overlay: [UInt8]

    init() throws {
        schema = try Schema(try JSONValue(parsing: AllCommands.documentSchema()))
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "## Overlay on the commands\n").last)
        let block = try #require(section.components(separatedBy: "```json\n").dropFirst().first)
        overlay = Array(try #require(block.components(separatedBy: "```").first).utf8)
    }

    @Test func itKnowsBothKindsOfFiles() throws {
        #expect(schema.validate(try AllCommands.descriptors().source) == [])
        #expect(schema.validate(try JSONValue(parsing: overlay)) == [])
        #expect(schema.validate(["version": 1, "commands": [:]]) == [])
    }

    /// What an entry lacks is told as of the kind of file that it is in.
    @Test func itTellsTheMistakesOfTheKindThatIsMeant() throws {
        let descriptor: JSONValue = ["version": 1, "commands": ["a": ["summary": "Does.", "disabled": true]]]
        let pointers = Set(schema.validate(descriptor).map(\.pointer.description))
        #expect(pointers.isSuperset(of: ["/commands/a/output", "/commands/a/effects", "/commands/a/disabled"]))
        let overlay: JSONValue = ["version": 1, "commands": ["a": ["disable": true], "b": ["disabled": true]]]
        #expect(schema.validate(overlay).map(\.pointer.description) == ["/commands/a/disable"])
    }

    @Test func aSummaryIsOnOneLine() throws {
        for (summary, isRight) in [("Greet somebody", true), ("Greet\nsomebody", false), ("", false)] {
            let document: JSONValue = ["version": 1, "commands": ["a": ["summary": .string(summary), "output": [:]]]]
            let errors = schema.validate(document).filter { $0.pointer.description == "/commands/a/summary" }
            #expect(errors.isEmpty == isRight, "\(summary)")
        }
    }

    /// An operator who asks for better passwords does not think of it.
    @Test func anOverlayNeedNotSayThatAFieldIsSecret() throws {
        let text = #"""
            {"version": 1, "commands": {"update-user": {
                "input": {"$ref": "#/$defs/user", "$defs": {"user": {"properties": {"password": {"pattern": "[0-9]"}}}}},
                "examples": [{"input": {"userId": 1, "password": "walnut-harbour"}}]}}}
            """#
        let mistakes = Overlay(parsing: Array(text.utf8), name: "o").mistakes(for: [try AllCommands.descriptors()])
        #expect(
            mistakes == [
                "o: /commands/update-user/examples/0/input/password: `password` must match the pattern `[0-9]`"
            ])
    }

    @Test func theOverlayThatIsDocumentedFitsTheCommands() throws {
        let mistakes = Overlay(parsing: overlay, name: "overlay.json").mistakes(for: [try AllCommands.descriptors()])
        #expect(mistakes == [])
    }
}
