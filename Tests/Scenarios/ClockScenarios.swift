import Foundation
import JSON
import TestSupport
import Testing

/// The machine's clock is wrong: somebody sets it, or it comes up with another time after a restart. Nobody gains or
/// loses a seat by that, and no token lives longer.
struct ClockScenarios {
    let lab: Lab
    let shop: Shop
    let ann: Customer

    init() async throws {
        lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off"])
        shop = try await lab.shop()
        ann = try await shop.customer("ann", seats: 1)
    }

    private static let hour = Duration.seconds(3600)

    private func isGood(_ login: Login) async throws -> Bool {
        try await lab.http.get("/api/auth/sessions", headers: bearer(login.accessToken)).status == 200
    }

    private func issued(_ login: Login) throws -> Int { try #require(try claims(of: login.accessToken)["iat"]?.int) }

    @Test(arguments: [hour, .zero - hour])
    func aClockThatIsSetWhileTheServerRunsChangesNothing(by span: Duration) async throws {
        let login = try await ann.session()
        try await lab.setWallClock(by: span)
        #expect(try await isGood(login))
        let next = try await lab.refreshed(login)
        #expect(next.limited == false)
        #expect((0..<1800).contains(try issued(next) - issued(login)), "time goes on as it passes")
        #expect(try await ann.session(on: "Other/1").limitedReason == "no-free-seat")
        #expect(lab.log.contains("the machine's clock was set"))

        try await lab.setWallClock(by: .zero - span)
        #expect(try await isGood(next))
        try await lab.advance(by: .seconds(601))
        #expect(try await isGood(login) == false)
        #expect(try await isGood(next) == false)
        #expect(try await lab.refreshed(next).limited == false)
    }

    /// For most of an hour nobody logs in and no shop calls: there are only refreshes, which leave no row in the audit.
    @Test(arguments: [SIGTERM, SIGKILL])
    func afterARestartWithTheClockAnHourBackNoTokenLivesAgain(ended signal: Int32) async throws {
        let login = try await ann.session()
        let crowd = try await shop.customer("crowd")
        for _ in 1...5 { _ = try await atOnce(22) { _ in try await crowd.session(["limited": true]) } }
        try await lab.advance(by: .seconds(59 * 60))
        let next = try await lab.refreshed(login)
        try await lab.advance(by: .seconds(20))
        let newest = try await lab.refreshed(next)
        let before = try await lab.control.now()
        lab.signal(signal)
        _ = try await lab.ended()
        try await lab.setWallClock(by: .zero - Self.hour)
        try await lab.serve()

        #expect(try await lab.control.now() > before - 20_000)
        #expect(try await isGood(login) == false, "it was over before the restart")
        #expect(try await isGood(newest))
        #expect(try await ann.session(on: "Other/1").limitedReason == "no-free-seat")
        try await lab.advance(by: .seconds(11))
        #expect(
            try await lab.refresh(next.refreshToken, on: "Thief/1").code == "SESSION_REVOKED",
            "the time for two tabs is not longer than it was")
        #expect(try await lab.refresh(newest.refreshToken).code == "SESSION_REVOKED")
    }

    @Test func aRestartAnHourAheadAndOneBackAgainMoveNoSeatAndNoEnd() async throws {
        let login = try await ann.session()
        try await restart(settingTheClockBy: Self.hour)
        #expect(try await isGood(login) == false, "nobody can tell this from an hour that has passed")
        let ahead = try await lab.refreshed(login)
        #expect(ahead.limited == false)
        #expect(try await ann.session(on: "Other/1").limitedReason == "no-free-seat")

        try await restart(settingTheClockBy: .zero - Self.hour)
        #expect(try await isGood(ahead))
        let later = try await lab.refreshed(ahead)
        #expect(later.limited == false)
        #expect((0..<1800).contains(try issued(later) - issued(ahead)), "time does not go back")
        #expect(try await ann.session(on: "Other/2").limitedReason == "no-free-seat")
        try await lab.advance(by: .seconds(601))
        #expect(try await isGood(ahead) == false)
        #expect(try await isGood(later) == false)
        #expect(try await lab.refreshed(later).limited == false)
    }

    @Test func aLicenceThatHasEndedStaysEndedWhenTheClockGoesBack() async throws {
        let end = try await lab.control.now() + 30 * 60_000
        try await shop.run(
            "update-license", ["licenseId": .int(try #require(ann.licenseID)), "validUntil": .int(Int(end))])
        let login = try await ann.session()
        try await lab.advance(by: .seconds(31 * 60))
        let ended = try await lab.refreshed(login)
        #expect(ended.limitedReason == "license-ended")
        try await restart(settingTheClockBy: .zero - Self.hour)
        #expect(try await lab.refreshed(ended).limitedReason == "license-ended")
        #expect(try await ann.session(on: "Other/1").limitedReason == "license-ended")
    }

    private func restart(settingTheClockBy span: Duration) async throws {
        try await lab.stop()
        try await lab.setWallClock(by: span)
        try await lab.serve()
    }
}
