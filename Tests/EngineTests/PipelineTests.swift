import Engine
import JSON
import Storage
import Testing

struct PipelineTests {
    @Test func aCommandRunsAndIsOnRecord() async throws {
        let test = try await EngineUnderTest.make()
        #expect(try await test.call("add-to-tally", ["name": "a", "by": 2]) == 2)
        #expect(try await test.count("a") == 2)
        let entry = try #require(try await test.audit().first)
        #expect(entry.action == "add-to-tally" && entry.outcome == .done)
        #expect(entry.callerKind == "webhook" && entry.callerUserID == 2 && entry.requestID == "r1")
        #expect(entry.changes == [["kind": "tally", "id": 1, "from": nil, "to": ["count": 2]]])
    }

    @Test func aRefusalUndoesTheWorkAndIsOnRecord() async throws {
        let test = try await EngineUnderTest.make()
        let refusal = try await failure { try await test.call("spoil-tally", ["name": "a"]) }
        #expect(refusal?.code == .conflict)
        #expect(try await test.count("a") == 0)
        let entry = try #require(try await test.audit().first)
        #expect(entry.outcome == .refused && entry.code == "CONFLICT" && entry.changes == [])
    }

    @Test func anOutcomeThatRefusesKeepsItsWork() async throws {
        let test = try await EngineUnderTest.make()
        let refusal = try await failure { try await test.call("refuse-and-keep", ["name": "a"]) }
        #expect(refusal?.code == .conflict)
        #expect(try await test.count("a") == 1)
        #expect(try await test.audit().first?.outcome == .refused)
    }

    @Test func aWriteThatIsNotReportedIsUndone() async throws {
        let test = try await EngineUnderTest.make()
        let bug = try await failure { try await test.call("write-in-secret", ["name": "a"]) }
        #expect(bug?.code == .internal)
        #expect(try await test.count("a") == 0)
    }

    @Test func readingLeavesNoRecord() async throws {
        let test = try await EngineUnderTest.make()
        #expect(try await test.call("read-tally", ["name": "a"]) == 0)
        #expect(try await test.audit().isEmpty)
    }

    @Test func aSteppedCommandRunsUntilNothingIsLeft() async throws {
        let test = try await EngineUnderTest.make()
        for name in ["a", "b", "c", "d", "e"] {
            _ = try await test.call("add-to-tally", ["name": .string(name)])
        }
        #expect(try await test.call("sweep-tally", [:]) == ["swept": 5])
    }

    @Test func allMistakesAreReportedAndNothingChanges() async throws {
        let test = try await EngineUnderTest.make()
        let failure = try await failure { try await test.call("add-to-tally", ["name": "", "by": "two", "bx": 1]) }
        #expect(failure?.code == .invalidInput)
        #expect(Set(failure?.fields.map(\.pointer) ?? []) == ["/name", "/by", "/bx"])
        #expect(try await test.audit().isEmpty)
    }

    @Test func aTextWithNULIsRefusedAtItsPlace() async throws {
        let test = try await EngineUnderTest.make()
        let failure = try await failure { try await test.call("add-to-tally", ["name": "a\0b"]) }
        #expect(failure?.code == .invalidInput && failure?.fields.first?.pointer == "/name")
    }

    @Test func anUnknownActionGetsTheNearestName() async throws {
        let test = try await EngineUnderTest.make()
        let failure = try await failure { try await test.call("add-to-taly", [:]) }
        #expect(failure?.detail == "There is no action `add-to-taly`. Did you mean `add-to-tally`?")
    }

    @Test func camelCaseIsAnotherName() async throws {
        let test = try await EngineUnderTest.make()
        #expect(try await test.call("addToTally", ["name": "a"]) == 1)
    }

    @Test func anActionIsFoundOnlyWhereItIsExposed() async throws {
        let test = try await EngineUnderTest.make()
        let failure = try await failure {
            try await test.call("spoil-tally", ["name": "a"], by: .commandLine(), over: .cli)
        }
        #expect(failure?.code == .actionNotFound)
    }

    struct AccessCase: Sendable {
        let caller: Caller
        let action: Action
        let code: CommandFailure.Code?
    }

    @Test(arguments: [
        AccessCase(caller: .anonymous, action: "add-to-tally", code: .invalidToken),
        AccessCase(caller: .user(id: 1, sessionID: 1, isAdmin: true), action: "add-to-tally", code: .forbidden),
        AccessCase(caller: .user(id: 1, sessionID: 1, isAdmin: false), action: "read-tally", code: nil),
        AccessCase(
            caller: .webhook(id: 1, userID: 1, actions: ["read-tally"]), action: "add-to-tally", code: .forbidden),
        AccessCase(caller: .webhook(id: 1, userID: 1, actions: ["read-tally"]), action: "read-tally", code: nil),
        AccessCase(caller: .commandLine(), action: "add-to-tally", code: nil),
    ])
    func whoMayCallIsDecidedBeforeTheInputIsRead(_ test: AccessCase) async throws {
        let engine = try await EngineUnderTest.make()
        let failure = try await failure { try await engine.call(test.action, ["name": "a"], by: test.caller) }
        #expect(failure?.code == test.code)
        if test.code != nil { #expect(try await engine.audit().isEmpty) }
    }
}
