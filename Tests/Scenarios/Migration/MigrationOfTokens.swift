import JSON
import Testing

/// Access and refresh tokens, as `docs/migrating.md` says that they differ.
struct MigrationOfTokens {
    let lab: Lab
    let shop: Shop
    let ann: Customer

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
        ann = try await shop.customer("ann", seats: 1)
    }

    @Test func accessTokensAreSignedByAKeyThatNobodyElseHas() async throws {
        let token = try await ann.session().accessToken
        let header = try header(of: token)
        let keys = try await lab.http.get("/.well-known/jwks.json").json()["keys"]?.items ?? []
        #expect(header["alg"] == "ES256", "T1")
        #expect(keys.contains { $0["kid"] == header["kid"] && $0["kty"] == "EC" }, "T1: the key is public")
        #expect(keys.allSatisfy { $0["d"] == nil && $0["k"] == nil }, "T1: and no more than public")
        #expect(header["typ"] == "at+jwt", "T2")
        let names = ["iss", "aud", "sub", "sid", "jti", "limitedReason", "licenseId", "productId", "licenseValidUntil"]
        let claims = try claims(of: token)
        #expect(names.allSatisfy { claims[$0] != nil }, "T2: \(claims)")
    }

    @Test func refreshTokensAreOpaqueAndEachIsAnother() async throws {
        let first = try await ann.session()
        let second = try await lab.refreshed(first)
        let third = try await lab.refreshed(second)
        #expect(first.refreshToken.hasPrefix("ush_rt_") && !first.refreshToken.contains("."), "T3")
        #expect(first.answer.at("session", "expiresAt")?.stringValue != nil, "T3: the end is beside it")
        #expect(Set([first, second, third].map(\.refreshToken)).count == 3, "T4")
    }

    @Test func nobodyHonestIsLoggedOutByARefresh() async throws {
        let login = try await ann.session()
        let tabs = try await atOnce(2) { _ in try await lab.refreshed(login) }
        #expect(tabs[0].refreshToken == tabs[1].refreshToken, "T5")
        try await lab.advance(by: .seconds(11))
        #expect(try await lab.refresh(login.refreshToken).status == 200, "T6")
    }

    @Test func aRefreshReadsTheUserAnew() async throws {
        let login = try await ann.session()
        try await shop.run("update-user", ["userId": .int(ann.id), "role": "MANAGER"])
        let next = try await lab.refreshed(login)
        #expect(try claims(of: next.accessToken)["role"] == "MANAGER", "T7")
        try await shop.run("update-user", ["userId": .int(ann.id), "status": "INACTIVE"])
        #expect(try await lab.refresh(next.refreshToken).code == "SESSION_REVOKED", "T15: the session is over")
        #expect(try await ann.logIn().code == "INVALID_CREDENTIALS", "T15: and there is no other")
    }

    @Test func aSessionEndsHalfAYearAfterItsLoginHoweverOftenItIsRefreshed() async throws {
        var login = try await ann.session()
        for _ in 1...8 {
            try await lab.advance(by: .seconds(22 * 86_400))
            login = try await lab.refreshed(login)
        }
        try await lab.advance(by: .seconds(5 * 86_400))
        #expect(try await lab.refresh(login.refreshToken).code == "SESSION_REVOKED", "T8")
    }

    @Test func onlyA401ClearsTheCookie() async throws {
        let junk = try await lab.http.post("/api/auth/refresh-token", headers: ["Cookie": "refreshToken=junk"])
        #expect(junk.status == 401 && junk.cookie("refreshToken")?.attributes["max-age"] == "0", "T14")
        let foreign = try await lab.http.post(
            "/api/auth/refresh-token", headers: ["Cookie": "refreshToken=junk", "Origin": "https://evil.example.com"])
        #expect(foreign.status == 403 && foreign.cookie("refreshToken") == nil, "T14")
        let wrong = try await lab.http.post("/api/auth/refresh-token", .json(["refreshTokn": "junk"]))
        #expect(wrong.status == 422 && wrong.cookie("refreshToken") == nil, "T14")
    }

    @Test func tokensOfTheOldServerAreNotValid() async throws {
        // {"alg":"HS256","typ":"JWT"}.{"userId":1,"role":"ADMIN"}, and a signature by a shared secret.
        let old =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VySWQiOjEsInJvbGUiOiJBRE1JTiJ9."
            + "Fj2y1Bk0bZ0o3rVZbW3o0b8y1JmO2b1n0l5v3oQm9sQ"
        #expect(try await lab.http.get("/api/users", headers: bearer(old)).code == "INVALID_TOKEN", "T16")
        #expect(try await lab.refresh(old).code == "INVALID_TOKEN", "T16")
        #expect(try await lab.http.post("/api/webhook?token=\(old)").code == "INVALID_TOKEN", "T16")
    }

    @Test func usherItselfRefusesTheTokenOfAnEndedSessionAtOnce() async throws {
        let login = try await ann.session()
        try await lab.logOut(login.refreshToken)
        let refused = try await lab.http.get("/api/auth/sessions", headers: bearer(login.accessToken))
        #expect(refused.code == "SESSION_REVOKED", "T17")
    }
}
