import JSON
import Testing

/// The routes for people with an access token, and those for everybody.
struct RouteScenarios {
    let lab: Lab
    let shop: Shop

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
    }

    private func adminToken() async throws -> String {
        try await shop.administrator().session().accessToken
    }

    @Test func anAdministratorReadsUsers() async throws {
        let ann = try await shop.customer("ann", seats: 2)
        let headers = bearer(try await adminToken())
        for query in ["userId=\(ann.id)", "email=ann%40example.com", "email=ann%40example.com&limit=1&cursor=7"] {
            let one = try await lab.http.get("/api/users?\(query)", headers: headers)
            #expect(one.status == 200)
            try OutputSchemas.check(try #require(try one.json()["user"]), of: "get-user")
        }
        let all = try await lab.http.get("/api/users?limit=1", headers: headers)
        try OutputSchemas.check(try all.json(), of: "list-users")
        #expect(try all.json()["items"]?.items.count == 1)
        #expect(try all.json()["nextCursor"] != .null)
        #expect(try await lab.http.get("/api/users?userId=999999", headers: headers).status == 404)
        #expect(
            try await lab.http.get("/api/users?userId=\(ann.id)&limit=0", headers: headers).pointers == ["/limit"])
    }

    @Test func theAuditSaysWhatWasDoneAndRefused() async throws {
        let ann = try await shop.customer("ann", seats: 2)
        #expect(try await shop.call("create-user", ["email": .string(ann.email), "name": "Ann"]).status == 409)
        let token = try await adminToken()
        let response = try await lab.http.get("/api/audit?limit=100", headers: bearer(token))
        #expect(response.status == 200)
        let page = try response.json()
        try OutputSchemas.check(page, of: "list-audit")
        let entries = page["items"]?.items ?? []
        let made = try #require(
            entries.first { $0["action"] == "create-user" && $0.at("caller", "kind") == "webhook" })
        #expect(made["outcome"] == "done")
        let kinds = Set((made["changes"]?.items ?? []).compactMap { $0["kind"]?.stringValue })
        #expect(kinds.isSuperset(of: ["user", "license"]))
        let refused = try #require(entries.first { $0["action"] == "create-user" && $0["outcome"] == "refused" })
        #expect(refused["code"] == "CONFLICT")
        for secret in [ann.password, shop.token, token] { #expect(!response.text.contains(secret)) }
    }

    @Test(arguments: ["/api/users", "/api/audit"])
    func othersThanAdministratorsAreForbidden(path: String) async throws {
        let ann = try await shop.customer("ann")
        let forbidden = try await lab.http.get(path, headers: bearer(try await ann.session().accessToken))
        #expect(forbidden.status == 403)
        #expect(forbidden.code == "FORBIDDEN")
        #expect(try await lab.http.get(path).status == 401)
    }

    @Test func aTokenOfAnotherKindIsNamed() async throws {
        let ann = try await shop.customer("ann")
        let login = try await ann.session()
        for wrong in [login.refreshToken, shop.token] {
            let refused = try await lab.http.get("/api/auth/sessions", headers: bearer(wrong))
            #expect(refused.status == 401)
            #expect(refused.code == "INVALID_TOKEN")
            #expect(refused.detail.contains("access token"), "\(refused.detail)")
        }
        let webhook = try await lab.http.post(
            "/api/webhook", .json(["action": "list-users"]), headers: bearer(login.accessToken))
        #expect(webhook.status == 401)
    }

    @Test func anAccessTokenEndsAfterTenMinutes() async throws {
        let ann = try await shop.customer("ann")
        let token = try await ann.session().accessToken
        try await lab.advance(by: .seconds(598))
        #expect(try await lab.http.get("/api/auth/sessions", headers: bearer(token)).status == 200)
        try await lab.advance(by: .seconds(60))
        #expect(try await lab.http.get("/api/auth/sessions", headers: bearer(token)).code == "INVALID_TOKEN")
    }

    @Test func aUserSeesAndEndsOnlyTheirOwnSessions() async throws {
        let ann = try await shop.customer("ann", seats: 2)
        let ben = try await shop.customer("ben", seats: 2)
        let (laptop, phone) = (try await ann.session(on: "Laptop/1"), try await ann.session(on: "Phone/1"))
        let foreign = try #require(try await ben.session().sessionID)
        let headers = bearer(laptop.accessToken)

        let list = try await lab.http.get("/api/auth/sessions", headers: headers).json()
        try OutputSchemas.check(list, of: "list-own-sessions")
        #expect(list["items"]?.items.map { $0["userAgent"]?.stringValue } == ["Laptop/1", "Phone/1"])

        let other = try await lab.http.send("DELETE", "/api/auth/sessions/\(foreign)", headers: headers)
        #expect(other.status == 404)
        let own = try #require(phone.sessionID)
        let ended = try await lab.http.send("DELETE", "/api/auth/sessions/\(own)", headers: headers)
        #expect(ended.status == 200)
        try OutputSchemas.check(try ended.json(), of: "revoke-own-session")
        #expect(try await lab.refresh(phone.refreshToken, on: "Phone/1").code == "SESSION_REVOKED")
    }

    @Test func aUserLogsOutEverywhere() async throws {
        let ann = try await shop.customer("ann", seats: 2)
        let (laptop, phone) = (try await ann.session(on: "Laptop/1"), try await ann.session(on: "Phone/1"))
        let ended = try await lab.http.send("DELETE", "/api/auth/sessions", headers: bearer(laptop.accessToken))
        #expect(ended.status == 200)
        try OutputSchemas.check(try ended.json(), of: "revoke-own-sessions")
        #expect(try ended.json()["revoked"]?.int == 2)
        for login in [laptop, phone] {
            #expect(try await lab.refresh(login.refreshToken, on: login.device).code == "SESSION_REVOKED")
        }
        let again = try await lab.http.send("DELETE", "/api/auth/sessions", headers: bearer(laptop.accessToken))
        #expect(again.code == "SESSION_REVOKED")
    }

    @Test func aUserChangesTheirPassword() async throws {
        let ann = try await shop.customer("ann", seats: 2)
        let (laptop, phone) = (try await ann.session(on: "Laptop/1"), try await ann.session(on: "Phone/1"))
        func change(from old: String, to new: String) async throws -> HTTPResponse {
            let body: JSONValue = ["oldPassword": .string(old), "password": .string(new), "confirm": .string(new)]
            return try await lab.http.post(
                "/api/auth/change-password", .json(body), headers: bearer(laptop.accessToken))
        }
        let wrong = try await change(from: "not this", to: "a brand new secret")
        #expect(wrong.status == 401)
        #expect(wrong.code == "INVALID_CREDENTIALS")
        #expect(wrong.pointers == ["/oldPassword"])
        let changed = try await change(from: ann.password, to: "a brand new secret")
        #expect(changed.status == 200)
        #expect(try changed.json() == ["success": true])
        #expect(try await lab.refresh(phone.refreshToken, on: "Phone/1").code == "SESSION_REVOKED")
        #expect(try await lab.refresh(laptop.refreshToken, on: "Laptop/1").status == 200)
        #expect(try await ann.logIn().code == "INVALID_CREDENTIALS")
        #expect(try await lab.http.post("/api/auth/change-password", .json([:])).code == "INVALID_TOKEN")
    }

    @Test func anAccessTokenOfAnEndedSessionIsRefused() async throws {
        let ann = try await shop.customer("ann")
        let login = try await ann.session()
        try await shop.run("revoke-all-user-sessions", ["userId": .int(ann.id)])
        let refused = try await lab.http.get("/api/auth/sessions", headers: bearer(login.accessToken))
        #expect(refused.status == 401)
    }

    @Test func theKeysArePublicAndMatchTheTokens() async throws {
        let response = try await lab.http.get("/.well-known/jwks.json")
        #expect(response.status == 200)
        #expect(response.header("cache-control") == "public, max-age=600")
        let keys = try response.json()["keys"]?.items ?? []
        #expect(!keys.isEmpty)
        for key in keys {
            #expect(key["kty"] == "EC")
            #expect(key["crv"] == "P-256")
            #expect(key["kid"]?.stringValue?.isEmpty == false)
            #expect(key["d"] == nil, "the private part stays here")
        }
    }

    @Test(arguments: ["/healthz", "/readyz", "/openapi.json", "/", "/401"])
    func everybodyMayAskFor(path: String) async throws {
        let response = try await lab.http.get(path)
        #expect(response.status == 200)
        #expect(response.header("x-request-id")?.isEmpty == false)
    }

    @Test func theDescriptionOfTheInterfaceIsOpenAPI() async throws {
        let document = try await lab.http.get("/openapi.json").json()
        #expect(document["openapi"]?.stringValue?.hasPrefix("3.1") == true)
        let paths = document["paths"]?.objectValue ?? [:]
        for path in ["/api/auth/login", "/api/auth/refresh-token", "/api/webhook", "/api/users"] {
            #expect(paths[path] != nil, "\(path)")
        }
    }
}
