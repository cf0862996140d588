import JSON
import Testing

/// Who has a seat, and until when, as `docs/migrating.md` says that it differs.
struct MigrationOfSeats {
    let lab: Lab
    let shop: Shop

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
    }

    private func end(in days: Int64) async throws -> JSONValue {
        .number(JSONNumber(try await lab.control.now() + days * 86_400_000))
    }

    @Test func aLicencesEndIsFeltAtTheNextRefreshAndLogsNobodyOut() async throws {
        let ann = try await shop.customer("ann")
        try await shop.run("create-license", ["userId": .int(ann.id), "validUntil": try await end(in: 2)])
        let login = try await ann.session()
        #expect(login.limited == false, "T9")
        try await lab.advance(by: .seconds(3 * 86_400))
        let next = try await lab.refreshed(login)
        #expect(next.limited && next.limitedReason == "license-ended", "T9")
        #expect(try claims(of: next.accessToken)["limited"] == true, "T9")
    }

    @Test func whoHadNoSeatTakesOneWhenOneIsFree() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let (first, second) = (try await ann.session(on: "A/1"), try await ann.session(on: "B/1"))
        #expect(second.limited && second.limitedReason == "no-free-seat", "T19")
        #expect(try await lab.logOut(first.refreshToken).status == 200, "T11")
        #expect(try await shop.user(ann.id)["licenses"]?.items.first?["seatsUsed"]?.int == 0, "T11: the seat is free")
        #expect(try await lab.refreshed(second).limited == false, "T10")
    }

    @Test func aDeviceKeepsItsSeatAndAProductHasItsOwn() async throws {
        let ann = try await shop.customer("ann", seats: 1, productId: "studio")
        try await shop.run(
            "create-license", ["userId": .int(ann.id), "productId": "render", "validUntil": "never"])
        let first = try await ann.session(["deviceId": "laptop", "productId": "studio"])
        let again = try await ann.session(["deviceId": "laptop", "productId": "studio"])
        #expect([first.limited, again.limited] == [false, false], "T12")
        #expect(try await shop.user(ann.id)["sessions"]?.items.count == 1, "T12")
        let full = try await ann.session(on: "B/1", ["productId": "studio"])
        #expect(full.limited, "T13: a free seat of another product does not help")
        #expect(try await ann.session(on: "B/1", ["productId": "render"]).limited == false, "T13")
    }

    @Test func aLaptopThatIsLostDoesNotHoldASeatForever() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        _ = try await ann.session(on: "Lost/1")
        try await lab.advance(by: .seconds(31 * 86_400))
        #expect(try await ann.session(on: "New/1").limited == false, "T18")
    }

    @Test func expiredSessionsHoldNoSeat() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        _ = try await ann.session(on: "Old/1")
        try await lab.advance(by: .seconds(181 * 86_400))
        #expect(try await ann.session(on: "New/1").limited == false, "C17")
    }

    @Test func theNumberOfFreeSeatsIsHonest() async throws {
        let ann = try await shop.customer("ann", seats: 3)
        let logins = try await atOnce(12) { try await ann.session(on: "Device/\($0)") }
        #expect(logins.count { !$0.limited } == 3, "C18")
        #expect(logins.allSatisfy { (0...2).contains($0.remaining ?? -1) }, "T20: never below 0")
        #expect(logins.contains { $0.limited && $0.remaining == 0 }, "T20")
    }

    @Test func anEndedLicenceDoesNotMakeTheNextLoginFull() async throws {
        let ann = try await shop.customer("ann")
        try await shop.run("create-license", ["userId": .int(ann.id), "validUntil": try await end(in: 1)])
        _ = try await ann.session(on: "A/1")
        try await lab.advance(by: .seconds(2 * 86_400))
        let login = try await ann.session(on: "B/1")
        #expect(login.limited && login.limitedReason == "license-ended", "C18")
        #expect(login.remaining == 0, "T20: only licences that have not ended count")
    }

    @Test func pruningEndsOnlyWhatIsStale() async throws {
        let ann = try await shop.customer("ann", seats: 2)
        try await shop.run(
            "create-license",
            ["userId": .int(ann.id), "productId": "short", "validUntil": try await end(in: 1)])
        let live = try await ann.session(on: "A/1", ["productId": "studio"])
        let ended = try await ann.session(on: "B/1", ["productId": "short"])
        try await lab.advance(by: .seconds(2 * 86_400))
        #expect(try await shop.run("prune-sessions")["revoked"]?.int == 1, "C16")
        #expect(try await lab.refreshed(live).limited == false, "C16")
        #expect(try await lab.refresh(ended.refreshToken, on: "B/1").code == "SESSION_REVOKED", "C16")
    }

    @Test func usersEndTheirOwnSessions() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let (here, there) = (try await ann.session(on: "Here/1"), try await ann.session(on: "There/1"))
        let headers = bearer(there.accessToken)
        let list = try await lab.http.get("/api/auth/sessions", headers: headers).json()
        #expect(list["items"]?.items.count == 2, "T21")
        let id = try #require(here.sessionID)
        #expect(try await lab.http.send("DELETE", "/api/auth/sessions/\(id)", headers: headers).status == 200, "T21")
        #expect(try await lab.refreshed(there).limited == false, "T21: its seat is free")
    }
}
