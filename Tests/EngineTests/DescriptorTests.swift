import Engine
import JSON
import Storage
import Testing

/// What a document says of its commands, and what is done with it.
struct DescriptorTests {
    private struct Adding: CommandPlugin {
        let name = "adding"
        let commands: [any Command] = [AddToTally()]
    }

    /// A document with `add-to-tally` alone, with further members.
    private func document(_ members: String = "", readOnly: Bool = false) throws -> DescriptorDocument {
        let text = """
            {"version": 1, "commands": {"add-to-tally": {"summary": "s", "description": "d",
                "input": {"type": "object"}, "output": {}, "examples": [{"input": {}, "output": 1}],
                "effects": {"readOnly": \(readOnly), "destructive": false, "idempotent": \(readOnly)},
                "expose": ["webhook"]\(members)}}}
            """
        return try DescriptorDocument(parsing: Array(text.utf8), name: "test.json")
    }

    @Test func everyMemberIsRead() throws {
        let read = try document(
            #"""
            , "since": "1.2.0", "aliases": ["bump"], "rateLimits": ["bumps"],
            "deprecated": {"date": "2027-01-31", "reason": "It counts wrong.", "instead": "add-to-tally"}
            """#)
        let descriptor = try #require(read.descriptors.first)
        #expect(descriptor.since == "1.2.0" && descriptor.aliases == ["bump"] && descriptor.rateLimits == ["bumps"])
        #expect(descriptor.deprecation?.moment?.description == "2027-01-31T00:00:00.000Z")
        #expect(
            descriptor.deprecationNotice
                == "`add-to-tally` is deprecated since 2027-01-31: It counts wrong. Call `add-to-tally` instead.")
        let effects = descriptor.effects
        #expect(!effects.isReadOnly && !effects.isDestructive && !effects.isIdempotent && effects.mails.isEmpty)
    }

    @Test func aShippedAliasIsAName() throws {
        let registry = try Registry(plugins: [Adding()], shipped: try document(#", "aliases": ["bump"]"#))
        for name: Action in ["bump", "addToTally", "add-to-tally"] {
            #expect(registry.descriptor(name)?.action == "add-to-tally", "\(name)")
        }
        #expect(registry.descriptor("none") == nil)
    }

    @Test func whatDoesNotFitTheCommandIsRefused() throws {
        let wrong = [
            (try document(readOnly: true), "`readOnly` among its effects is not what its command says"),
            (
                try document(#", "deprecated": {"date": "2027-01-31", "reason": "r", "instead": "other"}"#),
                "is deprecated in favour of `other`, which there is not"
            ),
        ]
        for (document, expected) in wrong {
            let problems = #expect(throws: RegistryProblems.self) {
                try Registry(plugins: [Adding()], shipped: document)
            }
            #expect(problems?.description.contains(expected) == true, "\(expected)")
        }
    }

    @Test(arguments: [
        (#", "since": "soon""#, "/since: "), (#", "aliases": ["Two Words"]"#, "/aliases/0: "),
        (#", "deprecated": true"#, "/deprecated: "), (#", "rateLimit": "5/min""#, "/rateLimit: "),
        (#", "deprecated": {"date": "2027-02-30", "reason": "r"}"#, "/deprecated/date: "),
    ])
    func aMemberOfAnotherFormIsRefusedWithItsPlace(members: String, place: String) {
        let problems = #expect(throws: RegistryProblems.self) { try document(members) }
        #expect(problems?.problems.count == 1)
        #expect(problems?.problems.first?.hasPrefix("test.json: /commands/add-to-tally" + place) == true)
    }

    @Test func whatOnlyReadsCannotMail() {
        let text = """
            {"version": 1, "commands": {"a": {"summary": "s", "description": "d", "input": {}, "output": {},
                "examples": [{"input": {}, "output": 1}], "expose": ["cli"],
                "effects": {"readOnly": true, "destructive": true, "idempotent": true, "mails": ["hello"]}}}}
            """
        let problems = #expect(throws: RegistryProblems.self) {
            try DescriptorDocument(parsing: Array(text.utf8), name: "test.json")
        }
        #expect(problems?.problems.count == 2, "\(problems?.problems ?? [])")
    }

    @Test func eachCallerIsShownWhatTheTokenCanCall() throws {
        let nothing = try DescriptorDocument(parsing: Array(#"{"version":1,"commands":{}}"#.utf8), name: "none")
        let registry = try Registry(plugins: [TallyPlugin()], shipped: nothing)
        func shown(_ caller: Caller) -> [String] { registry.descriptors(usableBy: caller).map(\.action.rawValue) }
        #expect(shown(.anonymous) == [])
        #expect(shown(.user(id: 1, sessionID: 1, isAdmin: false)) == ["read-tally"])
        #expect(shown(.commandLine()) == ["add-to-tally"])
        #expect(shown(.webhook(id: 1, userID: 1, actions: ["sweep-tally"])) == ["sweep-tally"])
        let all = registry.descriptors.map(\.action.rawValue)
        #expect(all.count == 6)
        #expect(shown(.webhook(id: 1, userID: 1, actions: nil)) == all)
        #expect(shown(.user(id: 1, sessionID: 1, isAdmin: true)) == all)
    }
}
