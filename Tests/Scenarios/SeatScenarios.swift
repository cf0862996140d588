import JSON
import Testing

/// Never more seats than were sold, and never fewer.
struct SeatScenarios {
    let lab: Lab
    let shop: Shop

    init() async throws {
        // More logins come at once than one address may make in a minute.
        lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off"])
        shop = try await lab.shop()
    }

    @Test func sixtyFourLoginsAtOnceTakeExactlyThreeSeats() async throws {
        for round in 1...3 {
            let ann = try await shop.customer("ann\(round)", seats: 3)
            let logins = try await atOnce(64) { try await ann.session(on: "Device/\($0)") }
            #expect(logins.count { !$0.limited } == 3)
            #expect(logins.count { $0.limitedReason == "no-free-seat" } == 61)
            #expect(Set(logins.map(\.refreshToken)).count == 64)
            #expect(logins.allSatisfy { (0...2).contains($0.remaining ?? -1) })
            let user = try await shop.user(ann.id)
            #expect(user["licenses"]?.items.first?["seatsUsed"]?.int == 3)
            #expect(user["sessions"]?.items.count { $0["limited"] == false } == 3)
        }
    }

    @Test func aDeviceThatLogsInAgainKeepsItsSeat() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let first = try await ann.session(["deviceId": "laptop"])
        let second = try await ann.session(["deviceId": "laptop"])
        #expect([first.limited, second.limited] == [false, false])
        #expect(try await lab.refresh(first.refreshToken).code == "SESSION_REVOKED", "the first session is replaced")
        #expect(try await ann.session(["deviceId": "desktop"]).limitedReason == "no-free-seat")
        #expect(try await lab.refreshed(second).limited == false)
    }

    @Test func oneDeviceTwentyTimesAtOnceHoldsOneSeat() async throws {
        let ann = try await shop.customer("ann", seats: 3)
        let logins = try await atOnce(20) { _ in try await ann.session(["deviceId": "laptop"]) }
        #expect(logins.allSatisfy { !$0.limited })
        let user = try await shop.user(ann.id)
        #expect(user["sessions"]?.items.count == 1)
        #expect(user["licenses"]?.items.first?["seatsUsed"]?.int == 1)
    }

    @Test func aLoginWithALiveRefreshCookieReplacesThatSession() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let first = try await ann.session()
        let second = try await ann.logIn(headers: ["Cookie": "refreshToken=\(first.refreshToken)"])
        #expect(try second.json()["limited"] == false)
        #expect(try await shop.user(ann.id)["sessions"]?.items.count == 1)
    }

    @Test func fewerSeatsLeaveThemToThoseSeatedLongest() async throws {
        let ann = try await shop.customer("ann", seats: 4)
        var logins: [Login] = []
        for device in 1...4 {
            logins.append(try await ann.session(on: "Device/\(device)"))
            try await lab.advance(by: .seconds(60))
        }
        let license = try #require(ann.licenseID)
        try await shop.run("update-license", ["licenseId": .int(license), "seats": 2, "keepSessions": true])
        var limited: [Bool] = []
        for login in logins.reversed() { limited.append(try await lab.refreshed(login).limited) }
        #expect(limited == [true, true, false, false], "nobody is logged out; the newest two are limited")
    }

    @Test func aSeatThatNobodyRefreshesForThirtyDaysIsFreeAgain() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let away = try await ann.session(on: "Away/1")
        try await lab.advance(by: .seconds(31 * 86_400))
        #expect(try await ann.session(on: "Here/1").limited == false)
        #expect(try await lab.refreshed(away).limitedReason == "no-free-seat")
    }

    @Test func aSessionThatAskedToBeLimitedStaysSo() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let login = try await ann.session(["limited": true])
        #expect(login.limitedReason == "requested")
        #expect(login.remaining == 1)
        #expect(try await lab.refreshed(login).limitedReason == "requested")
    }

    @Test(arguments: [("true", true), ("1", true), ("false", false), ("0", false), ("", false)])
    func limitedIsReadFromTheQueryToo(value: String, isLimited: Bool) async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let response = try await ann.logIn(path: "/api/auth/login?limited=\(value)")
        #expect(try response.json()["limited"] == .bool(isLimited))
    }

    @Test func aWrongValueOfLimitedIsNamed() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let inBody = try await ann.logIn(["limited": "perhaps"])
        #expect(inBody.status == 422)
        #expect(inBody.pointers == ["/limited"])
        let inQuery = try await ann.logIn(path: "/api/auth/login?limited=perhaps")
        #expect(inQuery.status == 422)
    }

    @Test func whoHasNoLicenceForTheProductIsToldSo() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        #expect(try await ann.session(["productId": "other"]).limitedReason == "no-license")
        let ben = try await shop.customer("ben")
        #expect(try await ben.session().limitedReason == "no-license")
    }

    @Test func whoseLicenceHasEndedIsToldSo() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let license = try #require(ann.licenseID)
        try await shop.run("update-license", ["licenseId": .int(license), "validUntil": "2020-01-01"])
        let login = try await ann.session()
        #expect(login.limitedReason == "license-ended")
        #expect(login.remaining == 0)
    }

    @Test func aNumberNamesTheSameProductAsItsDigits() async throws {
        let ann = try await shop.customer("ann", seats: 1, productId: "7")
        #expect(try await ann.session(["productId": 7]).limited == false)
    }
}
