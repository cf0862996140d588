import JSON
import Testing

/// Cookies and origins, as `docs/migrating.md` says that they differ.
struct MigrationOfBrowsers {
    private let page = ["Origin": "https://app.example.com", "Sec-Fetch-Site": "cross-site"]

    /// A server behind a proxy with TLS, as in production.
    private func behindTLS() async throws -> (lab: Lab, ann: Customer) {
        let lab = try await Lab.start(settings: [
            "USHER_PUBLIC_URL": "https://auth.example.com", "USHER_ALLOWED_ORIGINS": "https://app.example.com",
        ])
        return (lab, try await lab.shop().customer("ann", seats: 1))
    }

    @Test func overHTTPSTheCookieIsBoundToTheHost() async throws {
        let (lab, ann) = try await behindTLS()
        let login = try await ann.logIn(headers: page)
        let cookie = try #require(login.cookie("__Host-refreshToken"), "B1")
        #expect(cookie.attributes["secure"] != nil, "B3")
        #expect(try login.json()["refreshToken"]?.stringValue == nil, "B2: a browser gets it in the cookie alone")
        let byBrowser = try await lab.http.post(
            "/api/auth/refresh-token",
            headers: page.merging(["Cookie": "__Host-refreshToken=\(cookie.value)"]) { $1 })
        #expect(byBrowser.status == 200, "B4: a listed origin, with credentials")
        let next = try #require(byBrowser.cookie("__Host-refreshToken"), "B1")
        let byProgram = try await lab.http.post(
            "/api/auth/refresh-token", headers: ["Cookie": "refreshToken=\(next.value)"])
        #expect(byProgram.status == 200, "B1: programs that set the old name go on working")
    }

    @Test func overHTTPOnLoopbackItIsPlain() async throws {
        let lab = try await Lab.start()
        let ann = try await lab.shop().customer("ann")
        let login = try await ann.logIn()
        let cookie = try #require(login.cookie("refreshToken"), "B1")
        #expect(cookie.attributes["secure"] == nil, "B3")
        #expect(try login.json()["refreshToken"]?.stringValue == cookie.value, "B2: a program gets both")
    }

    @Test func onlyListedOriginsMayCall() async throws {
        let (lab, ann) = try await behindTLS()
        let asked = ["Access-Control-Request-Method": "POST"]
        let listed = try await lab.http.send("OPTIONS", "/api/auth/login", headers: page.merging(asked) { $1 })
        #expect(listed.header("access-control-allow-origin") == "https://app.example.com", "B4")
        #expect(listed.header("access-control-allow-credentials") == "true", "B4")
        let evil = ["Origin": "https://evil.example.com"]
        let foreign = try await lab.http.send("OPTIONS", "/api/auth/login", headers: evil.merging(asked) { $1 })
        #expect(foreign.header("access-control-allow-origin") == nil, "B4")
        let users = try await lab.http.get("/api/users", headers: page)
        #expect(users.header("access-control-allow-origin") == nil, "B4: the routes of a login alone")
        let cookie = try #require(try await ann.logIn().cookie("__Host-refreshToken"))
        let refused = try await lab.http.post(
            "/api/auth/refresh-token", headers: evil.merging(["Cookie": "__Host-refreshToken=\(cookie.value)"]) { $1 })
        #expect(refused.status == 403, "B5")
    }

    @Test func whereSomebodyIsCannotBeSaidInTheQuery() async throws {
        let lab = try await Lab.start()
        let ann = try await lab.shop().customer("ann")
        let login = try await ann.logIn(
            headers: ["X-Geo-Country": "AT"], path: "/api/auth/login?country=AT&city=Vienna&region=Vienna&other=1")
        let session = try #require(try login.json()["session"])
        for name in ["country", "city", "region"] { #expect(session[name] == .null, "B6") }

        let trusting = try await Lab.start(settings: ["USHER_TRUSTED_PROXIES": "127.0.0.1"])
        let ben = try await trusting.shop().customer("ben")
        let proxied = try await ben.logIn(headers: ["X-Geo-Country": "AT"])
        #expect(try proxied.json().at("session", "country") == "AT", "B6: a trusted proxy says it")
    }
}
