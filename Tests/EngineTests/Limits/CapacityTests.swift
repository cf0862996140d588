import Engine
import Storage
import TestSupport
import Testing

struct CapacityTests {
    private let limit = RateLimit.windows(.init(1, per: .seconds(60)))

    @Test func noMoreKeysAreKeptThanThereIsRoomForAndTheLeastRecentlyUsedGoes() async throws {
        let test = LimiterUnderTest(capacity: 100)
        for number in 0..<100 { await test.attempt(LimitUse(limit, key: "\(number)")) }
        #expect(await test.attempt(LimitUse(limit, key: "0")) != nil)
        // The refused attempt was a use; 1 is the oldest now.
        for number in 100..<150 {
            await test.attempt(LimitUse(limit, key: "\(number)"))
            #expect(test.limiter.count == 100)
        }
        #expect(await test.attempt(LimitUse(limit, key: "0")) != nil)
        #expect(await test.attempt(LimitUse(limit, key: "51")) != nil)
        #expect(await test.attempt(LimitUse(limit, key: "1")) == nil)
    }

    @Test func aFloodOfKeysReachesNoOtherLimit() async throws {
        let test = LimiterUnderTest(capacity: 100)
        let ann = LimitUse(.streak, key: "ann", companions: [.init("laptop")])
        await test.attempt(ann, as: .succeeded)
        for _ in 1...100 {
            while let refusal = await test.attempt(LimitUse(.streak, key: "ann")) {
                test.clock.advance(by: refusal.retryAfter)
                if refusal.retryAfter == .seconds(86_400) { break }
            }
        }
        for number in 0..<1000 { await test.attempt(LimitUse(limit, key: "\(number)")) }
        #expect(test.limiter.count == 100)
        #expect(await test.attempt(LimitUse(.streak, key: "ann")) != nil, "still refused")
        #expect(await test.attempt(ann, as: .succeeded) == nil, "still known")
    }

    @Test func whatCountsNothingTakesNoRoom() async throws {
        let test = LimiterUnderTest()
        let limit = RateLimit.windows(.init(3, per: .seconds(60)), counting: .wrong)
        for number in 0..<50 { await test.attempt(LimitUse(limit, key: "\(number)"), as: .succeeded) }
        #expect(test.limiter.count == 0)
    }

    /// A table against a plain list, with random calls.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func theTableIsWhatAListWouldBe(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let test = LimiterUnderTest(capacity: 7)
        let limit = RateLimit.windows(.init(1_000_000, per: .seconds(60)), counting: .attempts(except: [.conflict]))
        var model: [String] = []
        for _ in 0..<2000 {
            let key = String(Int.random(in: 0..<12, using: &random))
            let counts = Int.random(in: 0..<3, using: &random) > 0
            let isNew = !model.contains(key)
            await test.attempt(LimitUse(limit, key: key), as: counts ? .succeeded : .failed(.conflict))
            model.removeAll { $0 == key }
            model.append(key)
            if model.count > 7 { model.removeFirst() }
            if isNew && !counts { model.removeLast() }
            #expect(test.limiter.count == model.count)
        }
    }
}
