import Engine
import Storage
import TestSupport
import Testing

/// Limits in the life of a command.
struct LimitedCommandTests {
    @Test func beyondItsLimitACommandIsRefusedBeforeItsWorkAndWithoutARecord() async throws {
        let test = try await GuessUnderTest()
        for _ in 1...3 { #expect(await test.guess("wrong")?.code == .conflict) }
        let refused = try #require(await test.guess("right"))
        #expect(refused.code == .rateLimited && refused.retryAfter == .seconds(60))
        #expect(refused.detail == "Too many guesses. Try again in 60 seconds. Think first.")
        #expect(test.work.value == 3)
        let records = try await test.database.read { tx in try AuditLog.list(after: 0, limit: 100, in: tx).count }
        #expect(records == 3)
        #expect(await test.guess("right", from: "192.0.2.2") == nil, "others go on")
        test.clock.advance(by: .seconds(60))
        #expect(await test.guess("right") == nil)
    }

    @Test func aHundredGuessesAtOnceCostTheWorkOfThree() async throws {
        let test = try await GuessUnderTest()
        let codes = await withTaskGroup(of: CommandFailure.Code?.self) { group in
            for _ in 0..<100 { group.addTask { await test.guess("wrong")?.code } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.filter { $0 == .conflict }.count == 3)
        #expect(codes.filter { $0 == .rateLimited }.count == 97)
        #expect(test.work.value == 3)
    }

    @Test func whatIsOnlyNotedIsForTheCommandToDecide() async throws {
        let test = try await GuessUnderTest()
        for _ in 1...4 { #expect(await test.guess("right") == nil) }
        #expect(await test.guess("right")?.code == .forbidden)
        #expect(await test.engine.limits.refusals() == ["hints": 1])
    }

    @Test func aCommandCanClearACounter() async throws {
        let test = try await GuessUnderTest()
        for _ in 1...3 { #expect(await test.guess("wrong")?.code == .conflict) }
        #expect(await test.guess("right")?.code == .rateLimited)
        #expect(await test.guess("clear", from: "192.0.2.2") == nil)
        #expect(await test.guess("wrong")?.code == .conflict)
    }

    @Test func aRefusalIsLoggedOnceAKeyAndPeriod() async throws {
        let test = try await GuessUnderTest()
        for _ in 1...20 { _ = await test.guess("wrong") }
        for _ in 1...20 { _ = await test.guess("wrong", from: "192.0.2.2") }
        let lines = { test.log.lines.all.filter { $0.contains("rate limit reached") } }
        #expect(lines().count == 2)
        #expect(
            lines().first
                == "notice rate limit reached action=guess limit=guesses network=192.0.2.1 requestId=r1 retryAfter=60")
        test.clock.advance(by: .seconds(60))
        for _ in 1...20 { _ = await test.guess("wrong") }
        #expect(lines().filter { $0.contains("limit=guesses") }.count == 3)
        #expect(await test.engine.limits.refusals()["guesses"] == 17 * 3)
    }

    @Test func withoutALimiterThereAreNoLimits() async throws {
        let test = try await GuessUnderTest(isLimited: false)
        for _ in 1...20 { #expect(await test.guess("wrong")?.code == .conflict) }
    }
}
