import Engine
import Storage
import TestSupport
import Testing

struct BackoffTests {
    let test = LimiterUnderTest()
    let use = LimitUse(.streak, key: "ann")

    private func fail(_ count: Int, _ use: LimitUse) async {
        for _ in 0..<count {
            while let refusal = await test.attempt(use) { test.clock.advance(by: refusal.retryAfter) }
        }
    }

    @Test func theDelayDoublesAfterTheFifthFailureUpToItsLongest() async throws {
        var delays: [Int64] = []
        for _ in 0..<20 {
            #expect(await test.attempt(use) == nil)
            guard let refusal = await test.attempt(use) else { continue }
            delays.append(refusal.retryAfter.components.seconds)
            test.clock.advance(by: refusal.retryAfter)
        }
        #expect(delays.prefix(12) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
    }

    @Test func tryingDuringTheDelayDoesNotExtendIt() async throws {
        await fail(8, use)
        for left in [8, 7, 6, 5, 4, 3, 2, 1] as [Int64] {
            #expect(await test.attempt(use)?.retryAfter == .seconds(left))
            test.clock.advance(by: .seconds(1))
        }
        #expect(await test.attempt(use, as: .succeeded) == nil)
    }

    @Test func aSuccessEndsTheRow() async throws {
        await fail(7, use)
        test.clock.advance(by: .seconds(4))
        #expect(await test.attempt(use, as: .succeeded) == nil)
        for _ in 1...5 { #expect(await test.attempt(use) == nil) }
        #expect(await test.attempt(use) != nil)
    }

    @Test func ofAHundredGuessesAtOnceFiveAreMade() async throws {
        #expect(await test.admitted(of: 100, [use]) { _ in .failed(.invalidCredentials) } == 5)
    }

    @Test func aFaultOfOursIsNoFailure() async throws {
        for _ in 1...20 { #expect(await test.attempt(use, as: .failed(.unavailable)) == nil) }
    }

    @Test func atTheCeilingNothingHelpsButClearing() async throws {
        await fail(100, use)
        test.clock.advance(by: .seconds(10 * 86_400))
        #expect(await test.attempt(use, as: .succeeded)?.retryAfter == .seconds(86_400))
        await test.limiter.clear([use])
        #expect(await test.attempt(use, as: .succeeded) == nil)
    }

    private func from(_ device: String) -> LimitUse { LimitUse(.streak, key: "ann", companions: [.init(device)]) }

    @Test func aCompanionThatSucceededHasACounterOfItsOwn() async throws {
        #expect(await test.attempt(from("laptop"), as: .succeeded) == nil)
        await fail(100, from("elsewhere"))
        #expect(await test.attempt(from("elsewhere"), as: .succeeded) != nil)
        #expect(await test.attempt(from("laptop"), as: .succeeded) == nil)
    }

    @Test func aCompanionIsDelayedForItsOwnFailures() async throws {
        await test.attempt(from("laptop"), as: .succeeded)
        for _ in 1...5 { #expect(await test.attempt(from("laptop")) == nil) }
        #expect(await test.attempt(from("laptop"))?.retryAfter == .seconds(1))
        #expect(await test.attempt(from("elsewhere")) == nil)
    }

    @Test func aCompanionIsForgottenInTime() async throws {
        await test.attempt(from("laptop"), as: .succeeded)
        test.clock.advance(by: .seconds(30 * 86_400))
        await fail(100, from("elsewhere"))
        #expect(await test.attempt(from("laptop"), as: .succeeded) != nil)
    }

    @Test func whoNeverSucceededIsNobodysCompanion() async throws {
        for number in 1...5 { #expect(await test.attempt(from("made up \(number)")) == nil) }
        #expect(await test.attempt(from("made up 6")) != nil)
    }

    @Test func whatIsProvenNeedsNoEarlierSuccess() async throws {
        await fail(100, from("elsewhere"))
        let proven = LimitUse(.streak, key: "ann", companions: [.init("session 7", isProven: true)])
        for _ in 1...5 { #expect(await test.attempt(proven) == nil) }
        #expect(await test.attempt(proven)?.retryAfter == .seconds(1))
    }
}
