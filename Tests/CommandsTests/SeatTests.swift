import Commands
import Engine
import JSON
import Storage
import TestSupport
import Testing

struct SeatTests {
    @Test func manyLoginsAtOnceNeverOvershoot() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 3)
        let limited = try await withThrowingTaskGroup(of: Bool?.self) { group in
            for _ in 0..<24 { group.addTask { try await world.login()["limited"]?.boolValue } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(limited.filter { $0 == false }.count == 3)
        #expect(limited.filter { $0 == true }.count == 21)
    }

    @Test func theSchemaRefusesASecondHolder() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 2)
        _ = try await world.login()
        let second = try #require(try await world.login()["session"]?["id"]?.intValue)
        await #expect(throws: StorageError.self) {
            try await world.database.write { tx in
                tx.touched(.init("session", second))
                try tx.execute("UPDATE sessions SET seat_no = 1 WHERE id = $1", second)
            }
        }
    }

    @Test func logoutFreesTheSeatAtOnce() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let first = try await world.login()
        #expect(try await world.login()["limited"] == true)
        try await world.anyone("logout", ["refreshToken": first["refreshToken"] ?? .null])
        #expect(try await world.login()["limited"] == false)
    }

    @Test func aLapsedSeatIsTakenByWhoeverComesAndRegainedWhenFree() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let sleeper = try await world.login()
        world.clock.advance(by: .seconds(31 * 86_400))
        let newcomer = try await world.login()
        #expect(newcomer["limited"] == false)
        let woken = try await world.refresh(sleeper["refreshToken"])
        #expect(woken["limited"] == true && woken["limitedReason"] == "no-free-seat")
        try await world.anyone("logout", ["refreshToken": newcomer["refreshToken"] ?? .null])
        #expect(try await world.refresh(woken["refreshToken"])["limited"] == false)
    }

    @Test func withoutIdleLimitASeatIsKeptAsLongAsTheSession() async throws {
        let world = try await World.make(seatIdle: nil)
        _ = try await world.user(seats: 1)
        _ = try await world.login()
        world.clock.advance(by: .seconds(100 * 86_400))
        #expect(try await world.login()["limited"] == true)
        world.clock.advance(by: .seconds(81 * 86_400))
        #expect(try await world.login()["limited"] == false)
    }

    @Test func theLicenceThatEndsLastServesFirst() async throws {
        let world = try await World.make()
        let user = try await world.user(seats: 1, until: "2030-01-01")
        let endless = try await world.shop(
            "create-license", ["userId": .number(JSONNumber(user)), "validUntil": "never", "productId": "b"])
        let login = try await world.login()
        #expect(login["session"]?["licenseId"] == endless["license"]?["id"])
        #expect(login["remainingLicenses"] == 1)
        #expect(try await world.login("ada@example.com", ["productId": "default"])["limited"] == false)
    }

    @Test func shrinkingKeepsThoseSeatedLongest() async throws {
        let world = try await World.make()
        let user = try await world.user(seats: 3)
        var logins: [JSONValue] = []
        for _ in 0..<3 {
            logins.append(try await world.login())
            world.clock.advance(by: .seconds(1))
        }
        try await world.anyone("logout", ["refreshToken": logins[0]["refreshToken"] ?? .null])
        logins.append(try await world.login())
        let license = try await world.shop("get-user", ["userId": .number(JSONNumber(user))])["licenses"]?.arrayValue?[
            0]
        try await world.shop(
            "update-license", ["licenseId": license?["id"] ?? .null, "seats": 2, "keepSessions": true])
        let limited = try await [
            world.refresh(logins[1]["refreshToken"])["limited"], world.refresh(logins[2]["refreshToken"])["limited"],
            world.refresh(logins[3]["refreshToken"])["limited"],
        ]
        #expect(limited == [false, false, true])
    }

    @Test func aDeviceThatLogsInAgainKeepsItsSeat() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let first = try await world.login("ada@example.com", ["deviceId": "laptop"])
        let second = try await world.login("ada@example.com", ["deviceId": "laptop"])
        #expect(second["limited"] == false)
        #expect(try await code { try await world.refresh(first["refreshToken"]) } == .sessionRevoked)
    }

    @Test func aLoginWithTheOldRefreshTokenReplacesThatSession() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let first = try await world.login()
        let second = try await world.login("ada@example.com", ["refreshToken": first["refreshToken"] ?? .null])
        #expect(second["limited"] == false)
        #expect(second["user"]?["sessions"]?.arrayValue?.count == 1)
    }

    @Test func afterTheEndItLooksElsewhereAtTheRefreshAfterThat() async throws {
        let world = try await World.make()
        let user = try await world.user(seats: 1, until: "2027-02-01")
        let first = try await world.login()
        try await world.shop(
            "create-license", ["userId": .number(JSONNumber(user)), "productId": "other", "validUntil": "never"])
        let other = try await world.login("ada@example.com", ["productId": "other"])
        world.clock.advance(by: .seconds(25 * 86_400))
        let ended = try await world.refresh(first["refreshToken"])
        #expect(ended["limitedReason"] == "license-ended")
        let full = try await world.refresh(ended["refreshToken"])
        #expect(full["limitedReason"] == "no-free-seat")
        try await world.anyone("logout", ["refreshToken": other["refreshToken"] ?? .null])
        #expect(try await world.refresh(full["refreshToken"])["limited"] == false)
    }

    @Test func anEndedLicenceLimitsAtTheNextRefreshAndIsPruned() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 2, until: "2027-02-01")
        let login = try await world.login()
        _ = try await world.login()
        world.clock.advance(by: .seconds(60 * 86_400))
        let refreshed = try await world.refresh(login["refreshToken"])
        #expect(refreshed["limited"] == true && refreshed["limitedReason"] == "license-ended")
        #expect(try await world.shop("prune-sessions", [:]) == ["revoked": 1])
        #expect(try await world.shop("prune-sessions", [:]) == ["revoked": 0])
    }

    @Test func aSessionDoesNotStayOnALicenceThatIsForAnotherProductNow() async throws {
        let world = try await World.make()
        let user = try await world.user(seats: 1)
        let login = try await world.login("ada@example.com", ["productId": "default"])
        let license = login["session"]?["licenseId"] ?? .null
        try await world.shop("update-license", ["licenseId": license, "productId": "other", "keepSessions": true])
        let refreshed = try await world.refresh(login["refreshToken"])
        #expect(refreshed["limited"] == true && refreshed["limitedReason"] == "no-license")
        try await world.shop("create-license", ["userId": .number(JSONNumber(user)), "validUntil": "never"])
        #expect(try await world.refresh(refreshed["refreshToken"])["limited"] == false)
    }

    /// Random logins, logouts, refreshes and changes of the licence: never more holders than seats, and no free seat
    /// while somebody who wants one was just refused.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func whateverHappensSeatsAreNeverOversold(seed: UInt64) async throws {
        let world = try await World.make()
        let user = try await world.user(seats: 3)
        let found = try await world.shop("get-user", ["userId": .number(JSONNumber(user))])
        let license = try #require(found["licenses"]?.arrayValue?[0]["id"])
        var generator = SeededGenerator(seed: seed)
        var (tokens, seats): ([JSONValue], Int64) = ([], 3)
        for _ in 0..<60 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4:
                let login = try await world.login()
                #expect(
                    (login["limited"] == true)
                        == (login["remainingLicenses"] == 0 && login["session"]?["licenseId"]?.isNull == true))
                tokens.append(login["refreshToken"] ?? .null)
            case 4..<6 where !tokens.isEmpty:
                let token = tokens.remove(at: Int.random(in: 0..<tokens.count, using: &generator))
                try await world.anyone("logout", ["refreshToken": token])
            case 6..<8 where !tokens.isEmpty:
                let index = Int.random(in: 0..<tokens.count, using: &generator)
                tokens[index] = try await world.refresh(tokens[index])["refreshToken"] ?? .null
            case 8:
                seats = Int64.random(in: 1...4, using: &generator)
                try await world.shop(
                    "update-license", ["licenseId": license, "seats": .number(JSONNumber(seats)), "keepSessions": true])
            default:
                world.clock.advance(by: .seconds(Int.random(in: 1...86_400, using: &generator)))
            }
            let view = try await world.shop("get-user", ["userId": .number(JSONNumber(user))])
            let used = try #require(view["licenses"]?.arrayValue?[0]["seatsUsed"]?.intValue)
            let seated = view["sessions"]?.arrayValue?.filter { $0["limited"] == false }.count ?? 0
            #expect(used <= seats && Int64(seated) == used)
        }
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
