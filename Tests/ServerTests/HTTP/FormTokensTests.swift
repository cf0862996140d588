import Cryptography
import Storage
import TestSupport
import Testing

@testable import Server

/// The tokens in forms.
struct FormTokensTests {
    private let clock = ManualClock(Timestamp(milliseconds: 1_800_000_000_000))

    private func tokens(key: UInt8 = 1) throws -> FormTokens {
        try FormTokens(key: SecretBytes(Array(repeating: key, count: 32)), clock: clock.clock)
    }

    @Test func aTokenIsGoodForItsOwnPathAndTwelveHours() throws {
        let tokens = try tokens()
        let token = tokens.make(for: "/a")
        #expect(tokens.check(token, for: "/a") == .good)
        #expect(tokens.check(token, for: "/b") == .wrong)
        clock.advance(by: .seconds(12 * 3600 - 1))
        #expect(tokens.check(token, for: "/a") == .good)
        clock.advance(by: .seconds(1))
        #expect(tokens.check(token, for: "/a") == .expired)
    }

    @Test func nobodyElseCanMakeOne() throws {
        let foreign = try tokens(key: 2).make(for: "/a")
        let tokens = try tokens()
        #expect(tokens.check(foreign, for: "/a") == .wrong)
        for junk in ["", "x", "AAAA", String(tokens.make(for: "/a").dropLast())] {
            #expect(tokens.check(junk, for: "/a") == .wrong)
        }
    }

    @Test func aTokenIsForOneSession() throws {
        let tokens = try tokens()
        let token = tokens.make(for: "/a", of: .init(rawValue: 7))
        #expect(tokens.check(token, for: "/a", of: .init(rawValue: 7)) == .good)
        #expect(tokens.check(token, for: "/a", of: .init(rawValue: 8)) == .wrong)
        #expect(tokens.check(token, for: "/a") == .wrong)
    }

    @Test func aTokenIsKnownAsOursWhoeverItWasFor() throws {
        let tokens = try tokens()
        let token = tokens.make(for: "/a", of: .init(rawValue: 7))
        clock.advance(by: .seconds(13 * 3600))
        #expect(tokens.isOurs(token, for: "/a"))
        #expect(!tokens.isOurs(token, for: "/b"))
        #expect(try !tokens.isOurs(self.tokens(key: 2).make(for: "/a"), for: "/a"))
        #expect(!tokens.isOurs("", for: "/a"))
    }
}
