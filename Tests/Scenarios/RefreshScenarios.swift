import JSON
import Testing

/// A refresh token is used once; whoever is honest never notices.
struct RefreshScenarios {
    let lab: Lab
    let shop: Shop
    let ann: Customer

    init() async throws {
        // Fifty at once are more than one session may have in a minute.
        lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off"])
        shop = try await lab.shop()
        ann = try await shop.customer("ann", seats: 1)
    }

    @Test func fiftyRefreshesAtOnceGetOneSuccessor() async throws {
        let login = try await ann.session()
        let answers = try await atOnce(50) { _ in try await lab.refreshed(login) }
        #expect(Set(answers.map(\.refreshToken)).count == 1)
        #expect(answers.allSatisfy { !$0.limited })
        #expect(try await lab.refreshed(answers[0]).limited == false, "nobody is logged out")
    }

    @Test func aLostAnswerIsForgivenOnTheSameDevice() async throws {
        let login = try await ann.session()
        let lost = try await lab.refreshed(login)
        try await lab.advance(by: .seconds(11))
        let next = try await lab.refreshed(login)
        #expect(next.refreshToken != lost.refreshToken)
        #expect(try await lab.refreshed(next).limited == false)
    }

    @Test func aSkippedTokenProvesTheft() async throws {
        let login = try await ann.session()
        let lost = try await lab.refreshed(login)
        try await lab.advance(by: .seconds(11))
        let next = try await lab.refreshed(login)
        #expect(try await lab.refresh(lost.refreshToken).code == "SESSION_REVOKED")
        #expect(try await lab.refresh(next.refreshToken).code == "SESSION_REVOKED")
    }

    @Test func aTokenUsedLaterByAnotherDeviceEndsTheSession() async throws {
        let login = try await ann.session(on: "Laptop/1")
        let next = try await lab.refreshed(login)
        try await lab.advance(by: .seconds(11))
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)

        let stolen = try await lab.refresh(login.refreshToken, on: "Thief/1")
        #expect(stolen.status == 401)
        #expect(stolen.code == "SESSION_REVOKED")
        #expect(try await lab.refresh(next.refreshToken, on: "Laptop/1").code == "SESSION_REVOKED")
        let mails = try await lab.mailsSoFar(to: ann.email, shop: shop)
        #expect(mails.count == 1, "the user is told, once: \(mails.map(\.subject))")
        #expect(try await ann.session(on: "Laptop/1").limited == false, "the seat is free again")
    }

    @Test func anOlderTokenEndsTheSessionEvenOnTheSameDevice() async throws {
        let login = try await ann.session()
        let last = try await lab.refreshed(try await lab.refreshed(login))
        try await lab.advance(by: .seconds(11))
        #expect(try await lab.refresh(login.refreshToken).code == "SESSION_REVOKED")
        #expect(try await lab.refresh(last.refreshToken).code == "SESSION_REVOKED")
    }

    @Test func junkIsRefusedAndChangesNothing() async throws {
        let login = try await ann.session()
        let token = login.refreshToken
        let flipped = String(token.dropLast()) + (token.hasSuffix("A") ? "B" : "A")
        for junk in ["junk", "ush_rt_", String(token.dropLast()), token + "A", flipped, login.accessToken] {
            let refused = try await lab.refresh(junk)
            #expect(refused.status == 401, "\(junk)")
            #expect(refused.code == "INVALID_TOKEN", "\(junk)")
        }
        #expect(try await lab.refreshed(login).limited == false)
    }

    @Test func aRefreshReadsTheUserAnew() async throws {
        let login = try await ann.session()
        try await shop.run("update-user", ["userId": .int(ann.id), "role": "MANAGER"])
        let next = try await lab.refreshed(login)
        #expect(try claims(of: login.accessToken)["role"] == "OWNER")
        #expect(try claims(of: next.accessToken)["role"] == "MANAGER")
    }

    @Test func aSessionEndsHalfAYearAfterItsLogin() async throws {
        var login = try await ann.session()
        for _ in 1...8 {
            try await lab.advance(by: .seconds(22 * 86_400))
            login = try await lab.refreshed(login)
            #expect(login.limited == false)
        }
        try await lab.advance(by: .seconds(5 * 86_400))
        #expect(try await lab.refresh(login.refreshToken).code == "SESSION_REVOKED")
    }

    @Test func logoutTakesThePreviousTokenAndSeesNoTheftInIt() async throws {
        let login = try await ann.session()
        _ = try await lab.refreshed(login)
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        try await lab.advance(by: .seconds(60))
        #expect(try await lab.logOut(login.refreshToken).status == 200)
        #expect(try await shop.user(ann.id)["sessions"]?.items == [])
        #expect(try await lab.mailsSoFar(to: ann.email, shop: shop).isEmpty)
    }

    @Test(arguments: ["", "junk", "ush_rt_AAAA"])
    func logoutAnswersTheSameForAnyToken(token: String) async throws {
        let response = try await lab.logOut(token)
        #expect(response.status == 200)
        #expect(try response.json() == ["success": true])
    }

    @Test func theClaimsSayWhatTheResourceServerNeeds() async throws {
        let login = try await ann.session()
        let claims = try claims(of: login.accessToken)
        #expect(claims["sub"]?.stringValue == String(ann.id))
        #expect(claims["userId"]?.int == ann.id)
        #expect(claims["sid"]?.int == login.sessionID)
        #expect(claims["productId"] == "studio")
        #expect(claims["licenseId"]?.int == ann.licenseID)
        #expect(claims["licenseValidUntil"] == .null)
        #expect(claims["limited"] == false)
        let issued = try #require(claims["iat"]?.int)
        #expect(claims["exp"]?.int == issued + 600)
    }
}
