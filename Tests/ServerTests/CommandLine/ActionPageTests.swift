import Commands
import Engine
import Foundation
import JSON
import JSONSchema
import Testing

@testable import Server

/// `usher commands ACTION`: complete, and for people to read.
struct ActionPageTests {
    private func page(of action: String, overlay: String? = nil, width: Int? = 80) throws -> String {
        let documents = [try AllCommands.descriptors()]
        let catalogue = ActionCatalogue(
            documents, overlay: overlay.map { Overlay(parsing: Array($0.utf8), name: "overlay") })
        let descriptor = try catalogue.find(action, among: catalogue.descriptors)
        return ActionPage(
            descriptor: descriptor, isDisabled: catalogue.isDisabled(descriptor), program: "usher",
            layout: TextLayout(width: width)
        ).text
    }

    private static func actions() throws -> [String] {
        try AllCommands.descriptors().descriptors.map(\.action.rawValue)
    }

    @Test(arguments: try actions())
    func everyPageFitsATerminal(action: String) throws {
        let lines = try page(of: action).split(separator: "\n")
        // A word alone, such as a text in JSON, cannot be broken.
        let long = lines.filter { $0.count > 80 && $0.contains { $0 == " " } && !$0.contains("\"") }
        #expect(long == [])
    }

    @Test(arguments: try actions())
    func everyFieldIsThere(action: String) throws {
        let text = try page(of: action, width: nil)
        let descriptor = try #require(try AllCommands.descriptors().descriptors.first { $0.action.rawValue == action })
        for name in InputField.all(of: descriptor.inputSchema).map(\.name) {
            #expect(text.contains("\n  \(name) "), "\(name)")
        }
        #expect(text.contains(descriptor.description))
    }

    /// The first line of each entry, and the sentences that nothing else would show to be wrong.
    @Test func aPageSaysWhatAFieldTakes() throws {
        let text = try page(of: "create-user", width: nil)
        for line in [
            "  email                text, required", "  role                 text, default `OWNER`",
            "  license.seats        whole number, default `1`",
            "  license.validUntil   text or whole number, required with `license`",
            "  notify               true or false, default `true`",
            "      Takes an e-mail address such as anna@example.com; 3 to 254 characters.",
            "      Takes ADMIN, OWNER or MANAGER, in capitals.", "  Called by: webhook tokens and `usher run`",
        ] { #expect(text.contains("\n\(line)\n"), "\(line)") }
        #expect(try page(of: "update-user").contains("One is required: `userId` or `email`."))
        #expect(try page(of: "update-user").contains("secret: `password=-` asks for it"))
        #expect(try page(of: "login").contains("Called by: a route of its own"))
        #expect(try !page(of: "login").contains("usher run"))
        #expect(try page(of: "delete-user").contains("Always `true`."))
    }

    @Test func anOverlayIsMentioned() throws {
        let overlay = """
            {"version":1,"commands":{"create-license":{"aliases":["give-license"],
              "input":{"properties":{"seats":{"maximum":5}}}},"delete-user":{"disabled":true}}}
            """
        let tightened = try page(of: "give-license", overlay: overlay)
        #expect(tightened.contains("Also called: createLicense, give-license"))
        #expect(tightened.contains("{\"properties\":{\"seats\":{\"maximum\":5}}}"))
        #expect(tightened.split(separator: "\n").filter { $0.contains("asks for more") }.count == 1)
        #expect(try page(of: "delete-user", overlay: overlay).contains("switches it off"))
        #expect(try !page(of: "delete-user").contains("overlay"))
    }

    @Test func anUnknownActionIsToldTheNearest() throws {
        let failure = #expect(throws: CommandFailure.self) { try page(of: "create-usr") }
        #expect(failure?.code == .actionNotFound)
        #expect(failure?.detail.contains("Did you mean `create-user`?") == true)
    }

    /// Each example of an action of the command line, as the shell hands it on, is the input that it stands for.
    @Test func everyCallSaysWhatItsExampleSays() throws {
        for descriptor in try AllCommands.descriptors().descriptors where descriptor.channels.contains(.cli) {
            let schema = try Schema(descriptor.input)
            for example in descriptor.examples {
                let words = ShellCall(program: "usher", descriptor, example.input).words
                #expect(!words.contains("--payload"), "pairs say all that the shipped examples do")
                let pairs = words.dropFirst(3).map { $0.replacing("'", with: "") }.compactMap(PairedInput.Pair.init)
                let input = try PairedInput(descriptor).input(pairs) { $0 }
                #expect(schema.accepts(input), "\(words)")
                #expect(
                    input.text.replacing("\"", with: "") == example.input.text.replacing("\"", with: ""),
                    "only the quotes around numbers may differ")
            }
        }
    }

    @Test(arguments: [
        ("a@b.c", "a@b.c"), ("2030-01-01T00:00:00+02:00", "2030-01-01T00:00:00+02:00"), ("", "''"), ("a b", "'a b'"),
        ("it's", #"'it'\''s'"#), ("$HOME", "'$HOME'"), ("~", "'~'"), ("*", "'*'"), ("a;b", "'a;b'"), ("Zoë", "'Zoë'"),
    ])
    func aShellTakesAWordAsItIs(text: String, quoted: String) {
        #expect(ShellCall.quoted(text) == quoted)
    }

    @Test(
        arguments: [
            (["name": "null"], ["--payload", #"'{"name":"null"}'"#]), (["name": .null], ["name=null"]),
            (["actions": ["a,b"]], ["--payload", #"'{"actions":["a,b"]}'"#]),
            (["nope": 1], ["--payload", #"'{"nope":1}'"#]), (["actions": ["a", "b"]], ["actions=a,b"]),
            ([:], []),
        ] as [(JSONValue, [String])])
    func whatPairsCannotSayIsAPayload(input: JSONValue, words: [String]) throws {
        let document = """
            {"version":1,"commands":{"try-it":{"summary":"Tries","description":"Tries.","output":{},"expose":["cli"],
             "examples":[{"input":{},"output":1}],
             "effects": {"readOnly": true, "destructive": false, "idempotent": true},
             "input":{"additionalProperties":false,"properties":{"name":{"type":["null","string"],"maxLength":3},
             "actions":{"type":"array","items":{"type":"string"}}}}}}}
            """
        let descriptors = try DescriptorDocument(parsing: Array(document.utf8), name: "test").descriptors
        let descriptor = try #require(descriptors.first)
        #expect(Array(ShellCall(program: "usher", descriptor, input).words.dropFirst(3)) == words)
    }
}

/// Text in the width of a terminal.
struct TextLayoutTests {
    @Test func textIsWrappedAtItsSpaces() {
        let layout = TextLayout(width: 10)
        #expect(layout.paragraph("one two three", indent: 2, hanging: 1) == "  one two\n   three")
        #expect(layout.paragraph("a-very-long-word b", indent: 2) == "  a-very-long-word\n  b")
        #expect(layout.paragraph("key  value", hanging: 2) == "key  value")
        #expect(TextLayout(width: nil).paragraph("one two three four", indent: 1) == " one two three four")
    }

    @Test func aCallGoesOnAfterABackslash() {
        #expect(
            TextLayout(width: 16).call(["usher", "run", "x", "a=1", "b=2"], indent: 2)
                == "  usher run x \\\n      a=1 b=2")
        #expect(TextLayout(width: nil).call(["usher", "run"], indent: 0) == "usher run")
    }
}
