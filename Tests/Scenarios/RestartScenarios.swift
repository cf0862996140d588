import Foundation
import JSON
import TestSupport
import Testing

/// What was answered is there after a power cut, and what was waiting goes out.
struct RestartScenarios {
    let lab: Lab

    init() async throws {
        lab = try await Lab.start()
    }

    @Test func answeredWritesSurviveAPowerCut() async throws {
        let shop = try await lab.shop()
        let answers = try await atOnce(32) { number in
            try await shop.run(
                "create-user",
                [
                    "email": .string("user\(number)@example.com"), "name": .string("User \(number)"),
                    "license": ["validUntil": "never", "externalRef": .string("order-\(number)")],
                ])
        }
        try await lab.kill()
        try await lab.serve()
        for answer in answers {
            let id = try #require(answer["id"]?.int)
            let user = try await shop.user(id)
            #expect(user["email"] == answer["email"])
            #expect(user["licenses"]?.items.map { $0["id"] } == [answer.at("license", "id")])
        }
    }

    @Test func seatsAndTokensSurviveAPowerCut() async throws {
        let shop = try await lab.shop()
        let ann = try await shop.customer("ann", seats: 1)
        let login = try await ann.session()
        let next = try await lab.refreshed(login)
        try await lab.kill()
        // The server goes on from the latest time stored, so that a slow start does not use up the ten seconds.
        try await lab.setWallClock(by: .seconds(-3600))
        try await lab.serve()
        #expect(try await lab.refreshed(login).refreshToken == next.refreshToken, "still the same successor")
        let headers = bearer(login.accessToken)
        #expect(try await lab.http.get("/api/auth/sessions", headers: headers).status == 200, "the keys are the same")
        #expect(try await ann.session(on: "Other/1").limitedReason == "no-free-seat")
    }

    @Test func aWaitingMailIsSentAfterAPowerCut() async throws {
        let shop = try await lab.shop()
        _ = try await lab.mail(to: Lab.adminAddress)
        let mailFolder = lab.data.appending(path: "mail")
        // A file where the folder should be: until it is gone, no mail can be written.
        try? FileManager.default.removeItem(at: mailFolder)
        try Data().write(to: mailFolder)
        try await shop.run("create-user", ["email": "ann@example.com", "name": "Ann"])
        try await lab.kill()
        try FileManager.default.removeItem(at: mailFolder)
        try await lab.serve()
        // The attempt that failed may have put the next one off.
        try await lab.advance(by: .seconds(3600))
        #expect(try await lab.mail(to: "ann@example.com").link != nil)
    }

    @Test func aPoliteStopEndsWithoutAFailure() async throws {
        let finished = try #require(try await lab.stop())
        #expect(finished.status == 0, "\(finished.errors)")
    }
}
