import Commands
import Engine
import JSON
import Storage
import TestSupport
import Testing

/// What happens when several do at once what concerns the same rows: on PostgreSQL their transactions really run side by
/// side, on one machine or on several.
struct RaceTests {
    private typealias Codes = [CommandFailure.Code?]

    /// Calls all at once; how each ended, in their order.
    private func race(_ calls: [@Sendable () async throws -> Void]) async throws -> Codes {
        try await withThrowingTaskGroup(of: (Int, CommandFailure.Code?).self) { group in
            for (index, call) in calls.enumerated() { group.addTask { (index, try await code { try await call() }) } }
            return try await group.reduce(into: Codes(repeating: nil, count: calls.count)) { $0[$1.0] = $1.1 }
        }
    }

    private func shop(_ world: World, _ action: Action, _ payload: JSONValue) -> @Sendable () async throws -> Void {
        { try await world.shop(action, payload) }
    }

    /// PostgreSQL finds transactions that wait for each other in a circle, and ends one of them, which runs again: nothing
    /// is wrong then, but both have waited for a second.
    private func expectNoCircle(in world: World, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await world.database.close()
        #expect(try await world.place.deadlocks() == 0, sourceLocation: sourceLocation)
    }

    @Test func anAddressThatManyWantGoesToOneAndTheOthersAreToldWhy() async throws {
        let world = try await World.make()
        var calls = [shop(world, "create-user", ["email": "wanted@example.com", "name": "New"])]
        for number in 0..<6 {
            let user = try await world.shop("create-user", ["email": .string("u\(number)@example.com"), "name": "Old"])
            calls.append(
                shop(world, "update-user", ["userId": user["id"] ?? .null, "newEmail": "wanted@example.com"]))
        }
        let codes = try await race(calls)
        #expect(codes.count { $0 == nil } == 1 && codes.count { $0 == .conflict } == 6, "\(codes)")
    }

    @Test func aLicenceForAUserWhoIsBeingDeletedIsMadeOrRefused() async throws {
        let world = try await World.make()
        for number in 0..<8 {
            let user = try await world.shop("create-user", ["email": .string("u\(number)@example.com"), "name": "Ada"])
            let id = user["id"] ?? .null
            let codes = try await race([
                shop(world, "create-license", ["userId": id, "seats": 2, "validUntil": "never"]),
                shop(world, "delete-user", ["userId": id]),
            ])
            #expect([nil, .notFound].contains(codes[0]) && codes[1] == nil, "\(codes)")
        }
    }

    /// A seat of any of several licences will do for everybody, and each of these changes holds more than one of them.
    @Test func loginsThatWantSeveralLicencesNeverWaitInACircle() async throws {
        let world = try await World.make()
        let user = JSONValue.number(JSONNumber(try await world.user(seats: 1)))
        for end in ["never", "2030-01-01", "2029-01-01"] {
            try await world.shop("create-license", ["userId": user, "seats": 1, "validUntil": .string(end)])
        }
        for _ in 0..<4 {
            var tokens: [JSONValue] = []
            for number in 0..<10 {
                let login = try await world.login("ada@example.com", ["deviceId": .string("device \(number)")])
                tokens.append(login["refreshToken"] ?? .null)
            }
            let codes = try await race(
                tokens.enumerated().flatMap { number, token -> [@Sendable () async throws -> Void] in
                    let login: @Sendable () async throws -> Void = {
                        _ = try await world.login("ada@example.com", ["deviceId": .string("device \(number)")])
                    }
                    let refresh: @Sendable () async throws -> Void = { _ = try await world.refresh(token) }
                    return number.isMultiple(of: 2) ? [login, refresh] : [refresh]
                })
            // Who refreshes may come after the login that replaces the session.
            #expect(codes.allSatisfy { $0 == nil || $0 == .sessionRevoked }, "\(codes)")
        }
        let view = try await world.shop("get-user", ["userId": user])
        let used = view["licenses"]?.arrayValue?.compactMap { $0["seatsUsed"]?.intValue } ?? []
        #expect(used.count == 4 && used.allSatisfy { $0 <= 1 }, "\(used)")
        try await expectNoCircle(in: world)
    }

    @Test func aLinkAndAnotherAddressNeverWaitInACircle() async throws {
        let world = try await World.make()
        let user = try await world.user()
        var email = "ada@example.com"
        for round in 0..<6 {
            try await world.anyone("reset-password", ["email": .string(email)])
            let token = JSONValue.string(try await world.linkToken(of: user))
            let password = JSONValue.string("battery staple \(round)")
            let next = "ada\(round)@example.com"
            let codes = try await race([
                {
                    try await world.anyone(
                        "create-password", ["token": token, "password": password, "confirm": password])
                },
                shop(world, "update-user", ["userId": .number(JSONNumber(user)), "newEmail": .string(next)]),
            ])
            // The new address makes the link void, if it comes first.
            #expect([nil, .invalidToken].contains(codes[0]) && codes[1] == nil, "\(codes)")
            email = next
        }
        try await expectNoCircle(in: world)
    }

    /// The first refresh after the end of a licence gives the seat up, while others end the session for other reasons.
    @Test func aSeatIsGivenUpWhileItsSessionEnds() async throws {
        let world = try await World.make()
        let user = JSONValue.number(JSONNumber(try await world.user(seats: 8, until: "2027-02-01")))
        for _ in 0..<4 {
            var logins: [JSONValue] = []
            for _ in 0..<3 { logins.append(try await world.login()) }
            let license = logins[0]["session"]?["licenseId"] ?? .null
            try await world.shop(
                "update-license", ["licenseId": license, "validUntil": "2027-01-16", "keepSessions": true])
            world.clock.advance(by: .seconds(60 * 86_400))
            var calls = logins.map { login -> @Sendable () async throws -> Void in
                { _ = try await world.refresh(login["refreshToken"]) }
            }
            calls.append(shop(world, "revoke-all-user-sessions", ["userId": user]))
            calls.append(shop(world, "update-license", ["licenseId": license, "validUntil": "never"]))
            calls.append(shop(world, "prune-sessions", [:]))
            let codes = try await race(calls)
            #expect(codes.allSatisfy { $0 == nil || $0 == .sessionRevoked }, "\(codes)")
        }
        try await expectNoCircle(in: world)
    }

    @Test func seatsAreNotOversoldWhileTheirNumberChanges() async throws {
        let world = try await World.make()
        let user = JSONValue.number(JSONNumber(try await world.user(seats: 5)))
        let license = try await world.shop("get-user", ["userId": user])["licenses"]?.arrayValue?[0]["id"] ?? .null
        let login: @Sendable () async throws -> Void = { _ = try await world.login() }
        func seats(_ count: Int64) -> @Sendable () async throws -> Void {
            shop(
                world, "update-license",
                ["licenseId": license, "seats": .number(JSONNumber(count)), "keepSessions": true])
        }
        let logins = Array(repeating: login, count: 10)
        let codes = try await race(logins + [seats(3), seats(2)] + logins + [seats(4), seats(3)])
        #expect(codes.allSatisfy { $0 == nil }, "\(codes)")
        let view = try await world.shop("get-user", ["userId": user])
        let (count, used) = (view["licenses"]?.arrayValue?[0]["seats"], view["licenses"]?.arrayValue?[0]["seatsUsed"])
        #expect(try #require(used?.intValue) <= #require(count?.intValue))
    }
}
