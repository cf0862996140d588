import JSON
import TestSupport
import Testing

/// The one door for shops: where the token goes, what a body may look like, and what is said when it is wrong.
struct WebhookScenarios {
    let lab: Lab
    let shop: Shop

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
    }

    private let listUsers = Body.json(["action": "list-users"])

    // MARK: Where the token goes

    @Test(arguments: ["/api/webhook", "/api/webhooks"])
    func bothSpellingsAndBothPlacesOfTheTokenWork(path: String) async throws {
        let byHeader = try await lab.http.post(path, listUsers, headers: bearer(shop.token))
        let byQuery = try await lab.http.post("\(path)?token=\(shop.token)", listUsers)
        let byBoth = try await lab.http.post("\(path)?token=\(shop.token)", listUsers, headers: bearer(shop.token))
        #expect([byHeader.status, byQuery.status, byBoth.status] == [200, 200, 200])
    }

    @Test func twoDifferentTokensAreRefused() async throws {
        let other = try await lab.shop(actions: ["list-users"])
        let response = try await lab.http.post(
            "/api/webhook?token=\(other.token)", listUsers, headers: bearer(shop.token))
        #expect(response.status == 401)
        #expect(response.code == "INVALID_TOKEN")
    }

    @Test func withoutATokenNothingIsDone() async throws {
        let without = try await lab.http.post("/api/webhook", listUsers)
        #expect(without.status == 401)
        #expect(without.code == "INVALID_TOKEN")
        let junk = try await lab.http.post("/api/webhook", listUsers, headers: bearer("ush_wh_junk"))
        #expect(junk.status == 401)
        #expect(junk.code == "INVALID_TOKEN")
    }

    @Test func aRevokedTokenIsRefusedAtOnce() async throws {
        let other = try await lab.shop(actions: ["list-users"])
        let webhooks = try await shop.run("get-user", ["email": .string(Lab.adminAddress)])["webhooks"]?.items ?? []
        let limited = try #require(webhooks.first { $0["actions"] == ["list-users"] }?["id"]?.int)
        let admin = try await shop.run("revoke-webhook", ["webhookId": .int(limited)])
        #expect(admin["webhooks"]?.items.count == 1)
        let refused = try await other.call("list-users")
        #expect(refused.status == 401)
        #expect(refused.code == "INVALID_TOKEN")
    }

    @Test(arguments: [JSONValue](arrayLiteral: ["role": "OWNER"], ["status": "INACTIVE"]))
    func aTokenDiesWithTheRightsOfItsOwner(change: JSONValue) async throws {
        let second = try await lab.verb(["create-admin", "second@example.com", "Second Admin"])
        #expect(second.status == 0)
        let made = try await lab.verb(["create-webhook", "Second", "--user", "second@example.com"])
        let token = try #require(made.output.firstMatch(of: /ush_wh_[A-Za-z0-9_\-]+/)?.0)
        let other = Shop(http: lab.http, token: String(token))
        #expect(try await other.call("list-users").status == 200)

        var payload = change.objectValue ?? [:]
        payload["email"] = "second@example.com"
        try await shop.run("update-user", .object(payload))
        let refused = try await other.call("list-users")
        #expect([401, 403].contains(refused.status), "\(refused.status)")
    }

    // MARK: What a body may look like

    @Test func aFormWorksLikeJSON() async throws {
        let form = Body.form([
            ("action", "create-user"), ("email", "form@example.com"), ("name", "Form & Söhne"),
            ("license.productId", "studio"), ("license.seats", "2"), ("license.validUntil", "2030-01-01"),
        ])
        let response = try await lab.http.post("/api/webhook", form, headers: bearer(shop.token))
        #expect(response.status == 200, "\(response.text)")
        let user = try #require(try response.json()["response"])
        #expect(user["name"] == "Form & Söhne")
        #expect(user.at("license", "seats")?.int == 2)
        #expect(user.at("license", "validUntil") == "2030-01-01T00:00:00.000Z")
    }

    @Test(arguments: ["application/x-www-form-urlencoded", "text/plain", nil] as [String?])
    func whatBeginsWithABraceIsJSON(type: String?) async throws {
        let body = Body.raw(#"{"action":"list-users","limit":"1"}"#, type: type)
        let response = try await lab.http.post("/api/webhook", body, headers: bearer(shop.token))
        #expect(response.status == 200, "\(response.text)")
    }

    @Test func anActionInCamelCaseIsTheSameAction() async throws {
        let response = try await lab.http.post(
            "/api/webhook", .json(["action": "listUsers"]), headers: bearer(shop.token))
        #expect(response.status == 200)
    }

    @Test func nullIsTheSameAsLeavingOut() async throws {
        let user = try await shop.run(
            "create-user",
            ["email": "null@example.com", "name": "Null", "role": .null, "license": .null, "ifExists": .null])
        #expect(user["role"] == "OWNER")
        #expect(user["licenses"]?.items == [])
    }

    // MARK: What is said when it is wrong

    @Test func anUnknownActionGetsTheNearestName() async throws {
        let response = try await shop.call("create-users")
        #expect(response.status == 404)
        #expect(response.code == "ACTION_NOT_FOUND")
        #expect(response.detail.contains("`create-users`"))
        #expect(response.detail.contains("`create-user`?"))
    }

    @Test(arguments: ["login", "refresh-token", "create-webhook", "list-audit"])
    func anActionOfAnotherDoorIsNotFound(action: String) async throws {
        let response = try await shop.call(action)
        #expect(response.status == 404)
        #expect(response.code == "ACTION_NOT_FOUND")
    }

    @Test func anActionWithoutTheRightIsForbidden() async throws {
        let limited = try await lab.shop(actions: ["prune-sessions"])
        #expect(try await limited.call("prune-sessions").status == 200)
        let refused = try await limited.call("list-users")
        #expect(refused.status == 403)
        #expect(refused.code == "FORBIDDEN")
    }

    @Test(arguments: [JSONValue](arrayLiteral: [:], ["action": 7], ["action": .null]))
    func aBodyWithoutAnActionIsTold(body: JSONValue) async throws {
        let response = try await lab.http.post("/api/webhook", .json(body), headers: bearer(shop.token))
        #expect(response.status == 422)
        #expect(response.code == "INVALID_INPUT")
        #expect(response.pointers == ["/action"])
    }

    @Test func anUnknownFieldGetsTheNearestName() async throws {
        let response = try await shop.call(
            "create-license", ["email": .string(Lab.adminAddress), "validUntil": "never", "seat": 2])
        #expect(response.status == 422)
        #expect(response.code == "INVALID_INPUT")
        #expect(response.pointers == ["/seat"])
        #expect(response.detail.contains("`seat`"))
        #expect(response.detail.contains("`seats`"))
    }

    @Test func allMistakesAreListedTogether() async throws {
        let response = try await shop.call(
            "create-user",
            ["name": "", "role": "KING", "license": ["seats": 0, "validUntil": "never", "externalRef": ""]])
        #expect(response.status == 422)
        #expect(response.pointers == ["/email", "/name", "/role", "/license/seats", "/license/externalRef"])
        let errors = try response.json()["errors"]?.items ?? []
        #expect(errors.allSatisfy { $0["keyword"]?.stringValue != nil && $0["message"]?.stringValue?.isEmpty == false })
    }

    @Test(arguments: [
        ("1798761600", "looks like seconds"), ("\"tomorrow\"", "2027"), ("\"2027-02-30\"", "2027"), ("true", ""),
    ])
    func aWrongEndIsRefusedWithASpellingThatWorks(value: String, hint: String) async throws {
        let body = #"{"action":"create-license","email":"mara@example.com","validUntil":\#(value)}"#
        let response = try await lab.http.post(
            "/api/webhook", .raw(body, type: "application/json"), headers: bearer(shop.token))
        #expect(response.status == 422)
        #expect(response.pointers == ["/validUntil"])
        #expect(hint.isEmpty || response.detail.contains(hint), "\(response.detail)")
    }

    @Test(arguments: [
        ("\"2030-06-01T12:00:00+02:00\"", "2030-06-01T10:00:00.000Z"),
        ("\"2030-06-01T12:00:00+0200\"", "2030-06-01T10:00:00.000Z"),
        ("\"2030-06-01 12:00:00\"", "2030-06-01T12:00:00.000Z"),
        ("\"2030-06-01\"", "2030-06-01T00:00:00.000Z"),
        ("1906545600000", "2030-06-01T12:00:00.000Z"),
        ("\"1906545600000\"", "2030-06-01T12:00:00.000Z"),
    ])
    func anEndCanBeSpeltInManyWays(value: String, stored: String) async throws {
        let body = #"{"action":"create-license","email":"mara@example.com","validUntil":\#(value)}"#
        let response = try await lab.http.post(
            "/api/webhook", .raw(body, type: "application/json"), headers: bearer(shop.token))
        #expect(try response.json().at("response", "license", "validUntil")?.stringValue == stored)
    }

    @Test func noAnswerRepeatsASecret() async throws {
        let secret = "correct horse battery staple"
        let response = try await shop.call(
            "update-user", ["email": .string(Lab.adminAddress), "password": .string(secret), "oops": 1])
        #expect(response.status == 422)
        #expect(!response.text.contains(secret))
        #expect(!response.text.contains(shop.token))
        #expect(!lab.log.contains(secret))
        #expect(!lab.log.contains(shop.token))
    }
}
