import Engine
import Storage
import TestSupport
import Testing

struct WindowTests {
    /// A model that remembers everything: no window of the limit ever holds more than it may, and nothing that would fit
    /// is refused.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func noWindowEverHoldsMoreThanItMay(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let test = LimiterUnderTest()
        let windows = [RateLimit.Window(4, per: .seconds(10)), RateLimit.Window(9, per: .seconds(60))]
        let limit = RateLimit("model", .windows(windows), counting: .wrong, complaint: "Too many.")
        var failed: [String: [Int64]] = [:]
        for _ in 0..<600 {
            test.clock.advance(by: .milliseconds(Int64.random(in: 0...4000, using: &random)))
            let key = Bool.random(using: &random) ? "a" : "b"
            let isFailure = Int.random(in: 0..<4, using: &random) > 0
            let now = test.clock.now.milliseconds
            let isFull = windows.contains { window in
                failed[key, default: []].filter { now - $0 < window.period.milliseconds }.count >= window.count
            }
            let refusal = await test.attempt(
                LimitUse(limit, key: key), as: isFailure ? .failed(.invalidCredentials) : .succeeded)
            #expect((refusal != nil) == isFull)
            if let refusal {
                let later = now + refusal.retryAfter.milliseconds
                for window in windows {
                    let left = failed[key, default: []].filter { later - $0 < window.period.milliseconds }.count
                    #expect(left < window.count, "there is room after `retryAfter`")
                }
            } else if isFailure {
                failed[key, default: []].append(now)
            }
        }
    }

    @Test func theTimeToWaitIsRightToTheMillisecond() async throws {
        let test = LimiterUnderTest()
        let use = LimitUse(.windows(.init(2, per: .seconds(60))), key: "a")
        await test.attempt(use)
        test.clock.advance(by: .milliseconds(1500))
        await test.attempt(use)
        #expect(await test.attempt(use)?.retryAfter == .milliseconds(58_500))
        test.clock.advance(by: .milliseconds(58_499))
        #expect(await test.attempt(use)?.retryAfter == .milliseconds(1))
        test.clock.advance(by: .milliseconds(1))
        #expect(await test.attempt(use) == nil)
    }

    @Test func exactlyAsManyOfAHundredAtOnceAreAdmittedAsMayFail() async throws {
        let test = LimiterUnderTest()
        let use = LimitUse(.windows(.init(10, per: .seconds(60)), counting: .wrong), key: "a")
        #expect(await test.admitted(of: 100, [use]) { _ in .failed(.invalidCredentials) } == 10)
    }

    @Test func fiftyHonestOnesAtOnceAreAllAdmitted() async throws {
        let test = LimiterUnderTest()
        let use = LimitUse(.windows(.init(10, per: .seconds(60)), counting: .wrong), key: "a")
        #expect(await test.admitted(of: 50, [use]) { _ in .succeeded } == 50)
    }

    @Test func whatEndsWithAnExceptionIsGivenBack() async throws {
        let test = LimiterUnderTest()
        let limit = RateLimit.windows(.init(1, per: .seconds(60)), counting: .attempts(except: [.unavailable]))
        for _ in 1...3 { #expect(await test.attempt(LimitUse(limit, key: "a"), as: .failed(.unavailable)) == nil) }
        #expect(await test.attempt(LimitUse(limit, key: "a"), as: .succeeded) == nil)
        #expect(await test.attempt(LimitUse(limit, key: "a"), as: .succeeded) != nil)
    }

    @Test func aRefusalByOneLimitUsesUpNoOther() async throws {
        let test = LimiterUnderTest()
        let narrow = LimitUse(.windows(.init(1, per: .seconds(60))), key: "a")
        let wide = LimitUse(
            RateLimit(
                "wide", .windows([.init(2, per: .seconds(60))]), counting: .attempts(except: []), complaint: "No."),
            key: "a")
        for _ in 1...5 { await test.attempt(narrow, wide) }
        #expect(await test.attempt(wide) == nil)
        #expect(await test.attempt(wide) != nil)
        #expect(await test.limiter.refusals() == ["windows": 4, "wide": 1])
    }

    @Test func whatIsRightPassesALimitForFailuresAlone() async throws {
        let test = LimiterUnderTest()
        let limit = RateLimit.windows(
            .init(3, per: .seconds(60)), counting: .wrong, excess: .isRefusedOnceFailed)
        let use = LimitUse(limit, key: "a")
        for _ in 1...3 { #expect(await test.attempt(use) == nil) }
        #expect(await test.attempt(use)?.retryAfter == .seconds(60))
        #expect(await test.attempt(use, as: .succeeded) == nil)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
