import Engine
import JSON
import Testing

@testable import Server

/// Login, refresh and logout as browsers and programs see them.
struct SessionRoutesTests {
    private let browser = ["Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-origin"]

    private func refusing(_ code: CommandFailure.Code) -> TokenServices.GiveTokens {
        { (_, _) async throws(CommandFailure) in throw CommandFailure(code, "No.") }
    }

    @Test func aProgramGetsTheTokenInBothPlaces() async throws {
        let answer = try await HTTPUnderTest().post("/api/auth/login", ["Sec-Fetch-Mode": "cors"], json: "{}")
        #expect(answer.json["refreshToken"]?.stringValue == HTTPUnderTest.refreshToken)
        #expect(
            answer.header("Set-Cookie")
                == "refreshToken=\(HTTPUnderTest.refreshToken); HttpOnly; SameSite=Strict; Path=/; Max-Age=1000")
        #expect(answer.header("Cache-Control") == "no-store")
    }

    @Test(arguments: ["/api/auth/login", "/api/auth/refresh-token"])
    func aBrowserGetsTheTokenInTheCookieAlone(path: String) async throws {
        let answer = try await HTTPUnderTest().post(path, browser, json: "{}")
        #expect(answer.json["accessToken"] != nil)
        #expect(!answer.text.contains(HTTPUnderTest.refreshToken))
        #expect(answer.header("Set-Cookie")?.contains(HTTPUnderTest.refreshToken) == true)
    }

    @Test func overHTTPSTheCookieIsBoundToThisHost() async throws {
        let server = try await HTTPUnderTest { $0.publicURL = "https://auth.example.com" }
        let cookie = try await server.post("/api/auth/login", json: "{}").header("Set-Cookie")
        #expect(cookie?.hasPrefix("__Host-refreshToken=") == true)
        #expect(cookie?.hasSuffix("; Secure") == true)
    }

    @Test(arguments: [
        ("{}", "refreshToken=from-cookie", "from-cookie"),
        ("", "a=b; refreshToken=from-cookie; c=d", "from-cookie"),
        (#"{"refreshToken":"from-body"}"#, "refreshToken=from-cookie", "from-body"),
        (#"{"refreshToken":null}"#, "refreshToken=from-cookie", "from-cookie"),
        ("{}", "refreshToken=plain; __Host-refreshToken=from-host-cookie", "from-host-cookie"),
    ])
    func theTokenIsLookedForInTheBodyFirst(body: String, cookie: String, token: String) async throws {
        let answer = try await HTTPUnderTest().post("/api/auth/refresh-token", ["Cookie": cookie], json: body)
        #expect(answer.json["payload"]?["refreshToken"]?.stringValue == token)
    }

    @Test func overHTTPSThePlainCookieIsForProgramsOnly() async throws {
        let server = try await HTTPUnderTest { $0.publicURL = "https://auth.example.com" }
        let cookie = ["Cookie": "refreshToken=plain"]
        let program = try await server.post("/api/auth/refresh-token", cookie, json: "{}")
        #expect(program.json["payload"]?["refreshToken"] == "plain")
        for header in [["Origin": "https://auth.example.com"], ["Sec-Fetch-Site": "same-origin"]] {
            let browser = try await server.post(
                "/api/auth/refresh-token", cookie.merging(header) { own, _ in own }, json: "{}")
            #expect(browser.status == 200)
            #expect(browser.json["payload"]?["refreshToken"] == nil)
        }
    }

    @Test(arguments: ["", "text/plain", "application/x-www-form-urlencoded"])
    func anEmptyBodyMayHaveAnyType(type: String) async throws {
        let server = try await HTTPUnderTest()
        for path in ["/api/auth/refresh-token", "/api/auth/logout"] {
            #expect(try await server.post(path, ["Content-Type": type], json: "").status == 200)
        }
        #expect(try await server.post("/api/auth/logout", ["Content-Type": "text/plain"], json: "x").status == 415)
    }

    @Test(arguments: [
        (CommandFailure.Code.invalidToken, 401, true), (.sessionRevoked, 401, true), (.rateLimited, 429, false),
        (.unavailable, 503, false), (.internal, 500, false),
    ])
    func onlyADefiniteNoClearsTheCookie(code: CommandFailure.Code, status: Int, isCleared: Bool) async throws {
        let refuse = refusing(code)
        let answer = try await HTTPUnderTest { $0.refresh = refuse }.post("/api/auth/refresh-token", json: "{}")
        #expect(answer.status == status)
        let cleared = "refreshToken=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"
        #expect(answer.header("Set-Cookie") == (isCleared ? cleared : nil))
    }

    @Test func aFailedLoginLeavesTheCookie() async throws {
        let refuse = refusing(.invalidCredentials)
        let answer = try await HTTPUnderTest { $0.login = refuse }.post("/api/auth/login", json: "{}")
        #expect(answer.status == 401)
        #expect(answer.header("WWW-Authenticate") == "Bearer")
        #expect(answer.header("Set-Cookie") == nil)
    }

    @Test func logoutAlwaysClearsTheCookie() async throws {
        let answer = try await HTTPUnderTest().post("/api/auth/logout", ["Cookie": "refreshToken=x"], json: "")
        #expect(answer.json == ["refreshToken": "x"], "the stand-in says what it was given")
        #expect(answer.header("Set-Cookie")?.contains("Max-Age=0") == true)
    }

    @Test(arguments: [
        ["Origin": "https://evil.example.com"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"],
        ["Origin": "http://localhost:8081"], ["Origin": "https://localhost:8080"],
    ])
    func anotherSiteCannotUseTheCookie(headers: [String: String]) async throws {
        let server = try await HTTPUnderTest()
        for path in ["/api/auth/login", "/api/auth/refresh-token", "/api/auth/logout"] {
            let carried = headers.merging(["Cookie": "refreshToken=x"]) { own, _ in own }
            let answer = try await server.post(path, carried, json: "{}")
            #expect(answer.status == 403)
            #expect(answer.code == "FORBIDDEN")
            #expect(answer.detail.contains("USHER_ALLOWED_ORIGINS"))
            #expect(answer.header("Set-Cookie") == nil)
            #expect(answer.header("Access-Control-Allow-Origin") == nil)
            let without = try await server.post(path, headers, json: "{}")
            let isLogin = path.hasSuffix("login")
            #expect(without.status == (isLogin ? 403 : 200), "without the cookie only a login could do harm")
        }
    }

    @Test(arguments: ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"])
    func onThisMachineAllItsNamesAreOneOrigin(origin: String) async throws {
        let answer = try await HTTPUnderTest().post(
            "/api/auth/refresh-token", ["Origin": origin, "Cookie": "refreshToken=x"], json: "")
        #expect(answer.status == 200)
    }

    @Test(arguments: [
        ("", nil), ("?limited=true", "true"), ("?limited=0&x=1", "0"), ("?limited=", ""), ("?limited", ""),
    ])
    func limitedMayStandInTheQuery(query: String, value: String?) async throws {
        let answer = try await HTTPUnderTest().post("/api/auth/login\(query)", json: "{}")
        #expect(answer.json["payload"]?["limited"] == value.map { .string($0) })
        let body = try await HTTPUnderTest().post("/api/auth/login\(query)", json: #"{"limited":false}"#)
        #expect(body.json["payload"]?["limited"] == false)
    }

    @Test func aLoginTakesTheCookieAlongUnlessItCannotBeOurs() async throws {
        let server = try await HTTPUnderTest()
        let ours = try await server.post("/api/auth/login", ["Cookie": "refreshToken=x"], json: "{}")
        #expect(ours.json["payload"]?["refreshToken"] == "x")
        let long = "refreshToken=" + String(repeating: "x", count: 1025)
        let foreign = try await server.post("/api/auth/login", ["Cookie": long], json: "{}")
        #expect(foreign.json["payload"] == [:])
        let body = try await server.post(
            "/api/auth/login", ["Cookie": "refreshToken=x"], json: #"{"refreshToken":"y"}"#)
        #expect(body.json["payload"]?["refreshToken"] == "y")
    }
}
