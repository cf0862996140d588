import Commands
import Engine
import JSON
import Storage
import TestSupport
import Testing

struct RefreshTests {
    @Test func manyAtOnceWithOneTokenGetOneSuccessor() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let token = try await world.login()["refreshToken"]
        let successors = try await withThrowingTaskGroup(of: JSONValue?.self) { group in
            for _ in 0..<50 { group.addTask { try await world.refresh(token)["refreshToken"] } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(successors.count == 1)
        #expect(successors.first != token)
        #expect(try await code { try await world.refresh(successors.first ?? nil) } == nil)
    }

    @Test func aLostAnswerDoesNotLogOut() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let first = try await world.login()["refreshToken"]
        let lost = try await world.refresh(first)["refreshToken"]
        world.clock.advance(by: .seconds(60))
        let again = try await world.refresh(first)["refreshToken"]
        #expect(again != lost && again != first)
        #expect(try await code { try await world.refresh(again) } == nil)
    }

    @Test func theSkippedTokenProvesTheft() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let first = try await world.login()["refreshToken"]
        let skipped = try await world.refresh(first)["refreshToken"]
        world.clock.advance(by: .seconds(60))
        let next = try await world.refresh(first)["refreshToken"]
        #expect(try await code { try await world.refresh(skipped) } == .sessionRevoked)
        #expect(try await code { try await world.refresh(next) } == .sessionRevoked)
        #expect(try await world.mails("session-reused") == 1)
    }

    @Test func thePreviousTokenFromElsewhereIsTheft() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let first = try await world.login()["refreshToken"]
        let second = try await world.refresh(first)["refreshToken"]
        world.clock.advance(by: .seconds(11))
        #expect(try await code { try await world.refresh(first, userAgent: "Thief") } == .sessionRevoked)
        #expect(try await code { try await world.refresh(second) } == .sessionRevoked)
        #expect(try await world.login()["limited"] == false)
    }

    @Test func anOlderTokenIsTheftEvenAtOnce() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let first = try await world.login()["refreshToken"]
        let second = try await world.refresh(first)["refreshToken"]
        _ = try await world.refresh(second)
        #expect(try await code { try await world.refresh(first) } == .sessionRevoked)
    }

    @Test func aTokenAheadOfARestoredDatabaseIsAccepted() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let login = try await world.login()
        let id = try #require(login["session"]?["id"]?.intValue)
        let ahead = try await world.refresh(try await world.refresh(login["refreshToken"])["refreshToken"])[
            "refreshToken"]
        _ = try await world.database.write { tx in
            try tx.execute("UPDATE sessions SET generation = 1, previous_generation = 0 WHERE id = $1", id)
        }
        let next = try await world.refresh(ahead)["refreshToken"]
        #expect(try await code { try await world.refresh(next) } == nil)
        #expect(try await world.mails("session-reused") == 0)
    }

    @Test func junkLeavesNoTrace() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let login = try await world.login()
        let token = try #require(login["refreshToken"]?.stringValue)
        let before = try await world.database.read { tx in try AuditLog.list(after: 0, limit: 100, in: tx).count }
        let flipped = String(token.dropLast(2)) + (token.hasSuffix("AA") ? "BB" : "AA")
        for junk in [
            "", "x", "ush_rt_", "ush_rt_AAAA", flipped, "ush_rt_" + String(repeating: "_", count: 70), "eyJhbGciOi",
        ] {
            #expect(try await code { try await world.refresh(.string(junk)) } == .invalidToken, "\(junk.prefix(8))")
        }
        let after = try await world.database.read { tx in try AuditLog.list(after: 0, limit: 100, in: tx).count }
        #expect(after == before)
        #expect(try await code { try await world.refresh(.string(token)) } == nil)
    }

    @Test func everythingIsReadAnew() async throws {
        let world = try await World.make()
        let user = try await world.user(seats: 1)
        let login = try await world.login()
        try await world.shop("update-user", ["userId": .number(JSONNumber(user)), "role": "MANAGER"])
        let refreshed = try await world.refresh(login["refreshToken"])
        let claims = try claims(of: refreshed["accessToken"])
        #expect(
            claims["role"] == "MANAGER" && claims["exp"] == .number(JSONNumber((claims["iat"]?.intValue ?? 0) + 600)))
        try await world.shop("update-user", ["userId": .number(JSONNumber(user)), "status": "INACTIVE"])
        #expect(try await code { try await world.refresh(refreshed["refreshToken"]) } == .sessionRevoked)
    }

    @Test func aSessionEndsAfterItsLifetimeWhateverHappens() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        var token = try await world.login()["refreshToken"]
        for _ in 0..<8 {
            world.clock.advance(by: .seconds(20 * 86_400))
            token = try await world.refresh(token)["refreshToken"]
        }
        world.clock.advance(by: .seconds(20 * 86_400))
        #expect(try await code { try await world.refresh(token) } == .sessionRevoked)
    }

    @Test func logoutTakesAPreviousTokenAndIsNeverTheft() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let first = try await world.login()["refreshToken"]
        let second = try await world.refresh(first)["refreshToken"]
        world.clock.advance(by: .seconds(60))
        try await world.anyone("logout", ["refreshToken": first ?? .null], userAgent: "Other")
        #expect(try await code { try await world.refresh(second) } == .sessionRevoked)
        #expect(try await world.mails("session-reused") == 0)
        try await world.anyone("logout", ["refreshToken": "junk"])
    }

    @Test func theftEndsTheSessionEvenWhenNoMailCanBeQueued() async throws {
        let world = try await World.make(maximumMails: 2)
        _ = try await world.user(seats: 1)
        let first = try await world.login()["refreshToken"]
        let second = try await world.refresh(first)["refreshToken"]
        world.clock.advance(by: .seconds(60))
        #expect(try await code { try await world.refresh(first, userAgent: "Thief") } == .sessionRevoked)
        #expect(try await code { try await world.refresh(second) } == .sessionRevoked)
    }

    @Test func logoutTakesWhatIsNoTokenAtAll() async throws {
        let world = try await World.make()
        #expect(try await world.anyone("logout", ["refreshToken": 5]) == ["success": true])
        #expect(try await world.anyone("logout", ["refreshToken": ["a\u{0}": "\u{0}"]]) == ["success": true])
        #expect(try await world.anyone("logout", [:]) == ["success": true])
    }
}
