import JSON
import TestSupport
import Testing

/// One year of a shop, an administrator and a customer, from an empty folder to the end of a licence.
struct TheStory {
    let lab: Lab

    init() async throws {
        lab = try await Lab.start()
    }

    @Test func aShopSellsSeatsAndTheyAreKeptHonestlyUntilTheLicenceEnds() async throws {
        let admin = try await theAdminSetsAPasswordByTheLink()
        let shop = try await theAdminMakesAWebhookToken(admin)
        let (userID, licenseID) = try await theShopFiresTwiceAndOneLicenceIsMade(shop)
        let ann = try await theCustomerSetsAPasswordByTheMail(userID, licenseID)
        let devices = try await threeDevicesShareTwoSeats(ann)
        try await refreshingRotatesTheToken(devices[0])
        try await aRevokedSessionGivesItsSeatAway(shop, ann, revoked: devices[0], waiting: devices[2])
        try await aChangedLicenceAsksForALoginAgain(shop, ann, seated: devices[1])
        let third = try await aLogoutFreesASeatAtOnce(ann)
        let other = try await aSecondProductHasSeatsOfItsOwn(shop, ann)
        try await theEndOfTheLicenceIsFelt(shop, ended: third, lasting: other)
    }

    // MARK: The steps

    private func theAdminSetsAPasswordByTheLink() async throws -> Customer {
        let made = try await lab.verb(["create-admin", "mara@example.com", "Mara Lindt"])
        try #require(made.status == 0, "\(made.errors)")
        let link = try #require(Link(in: made.output), "\(made.output)")
        #expect(try await lab.mail(to: "mara@example.com").link?.token == link.token)

        let first = try await Page.open(link.target, lab.http)
        #expect(first.response.status == 200)
        let second = try await Page.open(link.target, lab.http)
        #expect(second.response.status == 200)

        let password = "harbour lantern 81"
        let done = try await second.submit([("password", password), ("confirm", password)])
        #expect([200, 303].contains(done.status), "\(done.status) \(done.text)")
        return Customer(http: lab.http, id: 1, email: "mara@example.com", password: password, licenseID: nil)
    }

    private func theAdminMakesAWebhookToken(_ admin: Customer) async throws -> Shop {
        let login = try await admin.session()
        #expect(login.limitedReason == "no-license")
        let response = try await lab.http.post(
            "/api/webhook/create", .json(["name": "Shop"]), headers: bearer(login.accessToken))
        #expect(response.status == 200)
        let answer = try response.json()
        try OutputSchemas.check(answer, of: "create-webhook")
        let token = try #require(answer["token"]?.stringValue)
        #expect(answer["webhook"]?.stringValue?.hasSuffix("/api/webhook?token=\(token)") == true)
        return Shop(http: lab.http, token: token)
    }

    private func theShopFiresTwiceAndOneLicenceIsMade(_ shop: Shop) async throws -> (user: Int, license: Int) {
        let end = try await lab.control.now() + 20 * 86_400_000
        let order: JSONValue = [
            "email": "ann@example.com", "name": "Ann Berger", "ifExists": "use",
            "license": [
                "productId": "studio", "seats": 2, "validUntil": .int(Int(end)), "externalRef": "order-1042",
            ],
        ]
        let answers = try await atOnce(2) { _ in try await shop.run("create-user", order) }
        #expect(answers[0]["id"] == answers[1]["id"])
        #expect(answers[0].at("license", "id") == answers[1].at("license", "id"))
        let id = try #require(answers[0]["id"]?.int)
        let licenses = try await shop.user(id)["licenses"]?.items ?? []
        #expect(licenses.map { $0["seats"]?.int } == [2])
        return (id, try #require(licenses.first?["id"]?.int))
    }

    private func theCustomerSetsAPasswordByTheMail(_ userID: Int, _ licenseID: Int) async throws -> Customer {
        let link = try #require(try await lab.mail(to: "ann@example.com").link)
        let page = try await Page.open(link.target, lab.http)
        let password = "walnut orchard 52"
        let done = try await page.submit([("password", password), ("confirm", password)])
        #expect([200, 303].contains(done.status), "\(done.status) \(done.text)")
        #expect(try await lab.mail(to: "ann@example.com").link == nil, "the notice has no link with a token")
        return Customer(
            http: lab.http, id: userID, email: "ann@example.com", password: password, licenseID: licenseID)
    }

    private func threeDevicesShareTwoSeats(_ ann: Customer) async throws -> [Login] {
        var logins: [Login] = []
        for device in ["Laptop/1.0", "Desktop/1.0", "Tablet/1.0"] { logins.append(try await ann.session(on: device)) }
        #expect(logins.map(\.limited) == [false, false, true])
        #expect(logins.map(\.limitedReason) == [nil, nil, "no-free-seat"])
        #expect(logins.map(\.remaining) == [1, 0, 0])
        return logins
    }

    private func refreshingRotatesTheToken(_ login: Login) async throws {
        let next = try await lab.refreshed(login)
        #expect(next.refreshToken != login.refreshToken)
        let again = try await lab.refreshed(login)
        #expect(again.refreshToken == next.refreshToken, "the second tab gets the same successor")
    }

    private func aRevokedSessionGivesItsSeatAway(
        _ shop: Shop, _ ann: Customer, revoked: Login, waiting: Login
    ) async throws {
        try await shop.run("revoke-session", ["sessionId": .int(try #require(revoked.sessionID))])
        let refused = try await lab.refresh(revoked.refreshToken, on: revoked.device)
        #expect(refused.status == 401)
        #expect(refused.code == "SESSION_REVOKED")
        _ = try await lab.mail(to: ann.email)
        #expect(try await lab.refreshed(waiting).limited == false)
    }

    private func aChangedLicenceAsksForALoginAgain(_ shop: Shop, _ ann: Customer, seated: Login) async throws {
        let changed = try await shop.run(
            "update-license", ["licenseId": .int(try #require(ann.licenseID)), "seats": 3])
        #expect(changed.at("license", "seats")?.int == 3)
        #expect(changed["sessions"]?.items == [])
        #expect(try await lab.refresh(seated.refreshToken, on: seated.device).code == "SESSION_REVOKED")
    }

    private func aLogoutFreesASeatAtOnce(_ ann: Customer) async throws -> Login {
        var logins: [Login] = []
        for device in 1...4 {
            logins.append(try await ann.session(on: "Device/\(device)", ["productId": "studio"]))
        }
        #expect(logins.map(\.limited) == [false, false, false, true])
        #expect(try await lab.logOut(logins[0].refreshToken).status == 200)
        let waiting = try await lab.refreshed(logins[3])
        #expect(waiting.limited == false)
        return waiting
    }

    private func aSecondProductHasSeatsOfItsOwn(_ shop: Shop, _ ann: Customer) async throws -> Login {
        let bought = try await shop.run(
            "create-license",
            [
                "userId": .int(ann.id), "productId": "render", "seats": 1, "validUntil": "never",
                "externalRef": "order-1050",
            ])
        let license = try #require(bought.at("license", "id")?.int)
        let seated = try await ann.session(on: "Render/1", ["productId": "render"])
        #expect(seated.limited == false)
        #expect(seated.licenseID == license)
        #expect(seated.remaining == 0)
        let second = try await ann.session(on: "Render/2", ["productId": "render"])
        #expect(second.limitedReason == "no-free-seat")
        let studio = try await ann.session(on: "Studio/9", ["productId": "studio"])
        #expect(studio.limitedReason == "no-free-seat", "the seats of one product do not serve another")
        return seated
    }

    private func theEndOfTheLicenceIsFelt(_ shop: Shop, ended: Login, lasting: Login) async throws {
        try await lab.advance(by: .seconds(21 * 86_400))
        let limited = try await lab.refreshed(ended)
        #expect(limited.limited)
        #expect(limited.limitedReason == "license-ended")
        // Three were seated on it; the one that refreshed has given its seat back already.
        #expect(try await shop.run("prune-sessions")["revoked"]?.int == 2)
        #expect(try await lab.refreshed(limited).limitedReason == "license-ended")
        #expect(try await lab.refreshed(lasting).limited == false)
    }
}
