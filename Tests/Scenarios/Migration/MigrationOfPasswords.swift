import JSON
import Testing

/// Passwords, links and mails, as `docs/migrating.md` says that they differ.
struct MigrationOfPasswords {
    let lab: Lab
    let shop: Shop

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
    }

    private func ask(_ email: String) async throws -> HTTPResponse {
        try await lab.http.post("/api/auth/reset-password", .json(["email": .string(email)]))
    }

    private func set(_ link: Link, _ password: String) async throws -> HTTPResponse {
        let password = JSONValue.string(password)
        return try await lab.http.post(
            "/api/auth/create-password",
            .json(["token": .string(link.token), "password": password, "confirm": password]))
    }

    @Test func aLinkWorksOnceAndDiesWithAnyChange() async throws {
        let ann = try await shop.customer("ann")
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        func link() async throws -> Link {
            _ = try await ask(ann.email)
            return try #require(try await lab.mail(to: ann.email).link)
        }
        let used = try await link()
        #expect(try await set(used, "a brand new secret").status == 200, "P1")
        #expect(try await set(used, "another new secret").code == "INVALID_TOKEN", "P1")
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        for change in [["password": "chosen by an admin"], ["status": "INACTIVE"]] as [[String: JSONValue]] {
            let link = try await link()
            try await shop.run("update-user", JSONValue(members: change.merging(["userId": .int(ann.id)]) { $1 }))
            #expect(try await set(link, "yet another secret").code == "INVALID_TOKEN", "P1: \(change)")
            _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        }
    }

    @Test func anInvitationLivesThreeDays() async throws {
        for (name, hours, status) in [("in-time", 71, 200), ("late", 73, 401)] {
            let email = "\(name)@example.com"
            try await shop.run("create-user", ["email": .string(email), "name": "New"])
            // Its time begins when the outbox knows that it is out, which is after the mail is there.
            let link = try #require(try await lab.mailsSoFar(to: email, shop: shop).first?.link)
            try await lab.advance(by: .seconds(Int64(hours) * 3600))
            #expect(try await set(link, "a brand new secret").status == status, "P2")
        }
    }

    @Test func mailsComeInTheUsersLanguageOrNotAtAll() async throws {
        try await shop.run("create-user", ["email": "eva@example.com", "name": "Eva", "locale": "de"])
        #expect(try await lab.mail(to: "eva@example.com").subject.hasPrefix("Willkommen"), "P3")
        let silent = try await shop.run("create-user", ["email": "bo@example.com", "name": "Bo", "notify": false])
        #expect(Link(in: silent.at("invitation", "url")?.stringValue ?? "") != nil, "P4")
        #expect(try await lab.mailsSoFar(to: "bo@example.com", shop: shop).isEmpty, "P4")
    }

    @Test func aRefusedPasswordIsAFailure() async throws {
        let made = try await shop.run("create-user", ["email": "bo@example.com", "name": "Bo", "notify": false])
        let link = try #require(Link(in: made.at("invitation", "url")?.stringValue ?? ""))
        let weak = try await set(link, "password")
        #expect(weak.status == 422 && weak.code == "PASSWORD_TOO_WEAK", "P5")
        let page = try await Page.open(link.target, lab.http).submit([
            ("password", "password"), ("confirm", "password"),
        ])
        #expect(page.status == 422 && !page.text.contains("Success"), "P5: the page says so too")
        #expect(try await set(link, String(repeating: "ü", count: 513)).code == "PASSWORD_TOO_WEAK", "P6")
        #expect(try await set(link, "ä€😀 \"<x;!#").status == 200, "P6: any characters")
    }

    @Test func aNewPasswordLogsNobodyInAndEndsAllSessions() async throws {
        let ann = try await shop.customer("ann")
        let login = try await ann.session()
        let change: JSONValue = [
            "oldPassword": .string(ann.password), "password": "a brand new secret", "confirm": "a brand new secret",
        ]
        let changed = try await lab.http.post(
            "/api/auth/change-password", .json(change), headers: bearer(login.accessToken))
        #expect(changed.status == 200, "P7")
        #expect(try await lab.http.get("/account", headers: Page.browser).status < 400, "P7: there is a page for it")

        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        _ = try await ask(ann.email)
        let link = try #require(try await lab.mail(to: ann.email).link)
        let answer = try await set(link, "yet another secret")
        #expect(try answer.json() == ["success": true], "P8")
        #expect(answer.headers.allSatisfy { $0.name != "set-cookie" }, "P8")
        #expect(try await lab.refresh(login.refreshToken).code == "SESSION_REVOKED", "P8")
    }

    @Test func nobodyLearnsWhoHasAnAccount() async throws {
        let ann = try await shop.customer("ann")
        let (known, unknown) = (try await ask(ann.email), try await ask("nobody@example.com"))
        #expect(known.status == 200 && known.text == unknown.text && known.status == unknown.status, "P9")
        let stranger = Customer(http: lab.http, id: 0, email: "nobody@example.com", password: "x", licenseID: nil)
        let forgetful = Customer(http: lab.http, id: 0, email: ann.email, password: "x", licenseID: nil)
        let refusals = [try await stranger.logIn(), try await forgetful.logIn()]
        #expect(Set(refusals.map(\.detail)).count == 1 && refusals.allSatisfy { $0.status == 401 }, "P9")
    }

    @Test func aChangeIsToldToBothAddressesInWords() async throws {
        let ann = try await shop.customer("ann")
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        try await shop.run("update-user", ["userId": .int(ann.id), "newEmail": "anna@example.com"])
        for address in [ann.email, "anna@example.com"] {
            let mails = try await lab.mailsSoFar(to: address, shop: shop)
            #expect(mails.count == 1, "P10: \(address)")
            #expect(mails.allSatisfy { $0.text.contains("anna@example.com") && !$0.text.contains("{") }, "P10")
        }
    }
}
