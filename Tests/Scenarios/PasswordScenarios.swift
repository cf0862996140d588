import JSON
import Testing

/// Links of mails: good once, dead with any change, and silent about who exists.
struct PasswordScenarios {
    let lab: Lab
    let shop: Shop
    let ann: Customer

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
        ann = try await shop.customer("ann")
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
    }

    private func askForAMail(_ email: String) async throws -> HTTPResponse {
        try await lab.http.post("/api/auth/reset-password", .json(["email": .string(email)]))
    }

    private func link() async throws -> Link {
        #expect(try await askForAMail(ann.email).status == 200)
        return try #require(try await lab.mail(to: ann.email).link)
    }

    private func setPassword(_ link: Link, _ password: String, confirm: String? = nil) async throws -> HTTPResponse {
        let body: JSONValue = [
            "token": .string(link.token), "password": .string(password), "confirm": .string(confirm ?? password),
        ]
        return try await lab.http.post("/api/auth/create-password", .json(body))
    }

    @Test func theAnswerIsTheSameForKnownAndUnknown() async throws {
        let known = try await askForAMail(ann.email)
        let unknown = try await askForAMail("nobody@example.com")
        #expect(known.status == 200)
        #expect(known.status == unknown.status)
        #expect(known.text == unknown.text)
        #expect(try known.json() == ["success": true])
        _ = try await lab.mail(to: ann.email)
        #expect(try await lab.mailsSoFar(to: "nobody@example.com", shop: shop).isEmpty)
    }

    @Test func aNewPasswordEndsAllSessions() async throws {
        let login = try await ann.session()
        let response = try await setPassword(try await link(), "a brand new secret")
        #expect(response.status == 200)
        #expect(try response.json() == ["success": true])
        #expect(try await lab.refresh(login.refreshToken).code == "SESSION_REVOKED")
        #expect(try await ann.logIn().code == "INVALID_CREDENTIALS")
        let changed = Customer(
            http: lab.http, id: ann.id, email: ann.email, password: "a brand new secret", licenseID: nil)
        #expect(try await changed.logIn().status == 200)
        _ = try await lab.mail(to: ann.email)
    }

    @Test func aSpentLinkIsRefused() async throws {
        let link = try await link()
        #expect(try await setPassword(link, "a brand new secret").status == 200)
        let again = try await setPassword(link, "another new secret")
        #expect(again.status == 401)
        #expect(again.code == "INVALID_TOKEN")
    }

    @Test func oneUseSpendsAllLinks() async throws {
        let (first, second) = (try await link(), try await link())
        #expect(first.token != second.token)
        #expect(try await setPassword(first, "a brand new secret").status == 200)
        #expect(try await setPassword(second, "another new secret").code == "INVALID_TOKEN")
    }

    @Test func theOlderOfTwoLinksWorksToo() async throws {
        let (first, _) = (try await link(), try await link())
        #expect(try await setPassword(first, "a brand new secret").status == 200)
    }

    @Test(
        arguments: [
            ["password": "chosen by an admin"], ["newEmail": "anna@example.com"], ["status": "INACTIVE"],
        ] as [[String: JSONValue]])
    func aChangeOfTheUserSpendsAllLinks(change: [String: JSONValue]) async throws {
        let link = try await link()
        let payload = change.merging(["userId": .int(ann.id)]) { old, _ in old }
        try await shop.run("update-user", JSONValue(members: payload))
        #expect(try await setPassword(link, "a brand new secret").code == "INVALID_TOKEN")
    }

    @Test func aResetLinkLivesHalfAnHour() async throws {
        let early = try await link()
        try await lab.advance(by: .seconds(29 * 60))
        #expect(try await lab.http.get(early.target).status == 200)
        try await lab.advance(by: .seconds(2 * 60))
        #expect(try await setPassword(early, "a brand new secret").code == "INVALID_TOKEN")
    }

    @Test func aBadLinkLeadsToAPageThatSaysWhy() async throws {
        let response = try await lab.http.get("/create-password?token=ush_pw_junk", headers: Page.browser)
        #expect(response.status == 303)
        #expect(response.header("location")?.contains("/401") == true)
    }

    @Test func openingALinkSpendsNothing() async throws {
        let link = try await link()
        for method in ["GET", "HEAD", "GET"] {
            #expect(try await lab.http.send(method, link.target, headers: Page.browser).status == 200)
        }
        #expect(try await setPassword(link, "a brand new secret").status == 200)
    }

    @Test func aFormWithoutItsTokenIsRefused() async throws {
        let link = try await link()
        let password = "a brand new secret"
        let form = Body.form([("token", link.token), ("password", password), ("confirm", password)])
        let forged = try await lab.http.post(link.target, form, headers: ["Origin": "https://evil.example.com"])
        #expect(forged.status == 403)
        #expect(try await setPassword(link, password).status == 200, "the link is still good")
    }

    @Test(arguments: ["short", "password", "ann@example.com", "User ann", "12345678"])
    func aWeakPasswordIsRefusedAndTheLinkStaysGood(password: String) async throws {
        let link = try await link()
        let refused = try await setPassword(link, password)
        #expect(refused.status == 422)
        #expect(refused.code == "PASSWORD_TOO_WEAK")
        #expect(!refused.text.contains("\"\(password)\""))
        #expect(try await setPassword(link, "a brand new secret").status == 200)
    }

    @Test func aVeryLongPasswordIsRefusedAndNotCut() async throws {
        let link = try await link()
        #expect(try await setPassword(link, String(repeating: "ü", count: 513)).code == "PASSWORD_TOO_WEAK")
        #expect(try await setPassword(link, String(repeating: "ü", count: 512)).status == 200)
    }

    @Test func unequalPasswordsAreNamed() async throws {
        let refused = try await setPassword(try await link(), "a brand new secret", confirm: "a brand new secreT")
        #expect(refused.status == 422)
        #expect(refused.code == "INVALID_INPUT")
        #expect(refused.pointers == ["/confirm"])
    }

    @Test func anInactiveUserGetsTheSameAnswerAndNoMail() async throws {
        try await shop.run("update-user", ["userId": .int(ann.id), "status": "INACTIVE"])
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        let response = try await askForAMail(ann.email)
        #expect(response.status == 200)
        #expect(try response.json() == ["success": true])
        #expect(try await lab.mailsSoFar(to: ann.email, shop: shop).isEmpty)
    }

    @Test func thePageForResetAnswersTheSameToo() async throws {
        let page = try await Page.open("/reset-password", lab.http)
        #expect(page.response.status == 200)
        let known = try await page.submit([("email", ann.email)])
        let unknown = try await Page.open("/reset-password", lab.http).submit([("email", "nobody@example.com")])
        #expect(known.status == unknown.status)
        #expect(known.status < 400)
        #expect(try await lab.mail(to: ann.email).link != nil)
    }
}
