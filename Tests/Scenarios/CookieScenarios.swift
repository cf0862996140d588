import JSON
import Testing

/// A browser keeps its refresh token in a cookie that no script and no other site can use.
struct CookieScenarios {
    let lab: Lab
    let shop: Shop
    let ann: Customer

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
        ann = try await shop.customer("ann", seats: 1)
    }

    private var browser: [String: String] { ["Origin": lab.http.base, "Sec-Fetch-Site": "same-origin"] }

    private func cookie(after response: HTTPResponse) throws -> String {
        "refreshToken=\(try #require(response.cookie("refreshToken")).value)"
    }

    private func refresh(_ headers: [String: String]) async throws -> HTTPResponse {
        try await lab.http.post("/api/auth/refresh-token", headers: headers)
    }

    @Test func aBrowserGetsTheTokenInTheCookieAlone() async throws {
        let response = try await ann.logIn(headers: browser)
        #expect(response.status == 200)
        #expect(try response.json()["refreshToken"]?.stringValue == nil)
        let cookie = try #require(response.cookie("refreshToken"))
        #expect(!response.text.contains(cookie.value))
        #expect(cookie.attributes["httponly"] != nil)
        #expect(cookie.attributes["samesite"]?.lowercased() == "strict")
        #expect(cookie.attributes["path"] == "/")
        #expect(cookie.attributes["secure"] == nil, "over http on loopback the cookie cannot be secure")
        let age = try #require(cookie.attributes["max-age"].flatMap { Int($0) })
        #expect((15_551_900...15_552_000).contains(age), "180 days")
    }

    @Test func aProgramGetsBoth() async throws {
        let response = try await ann.logIn(headers: ["Sec-Fetch-Mode": "cors"])
        #expect(try response.json()["refreshToken"]?.stringValue == response.cookie("refreshToken")?.value)
    }

    @Test func theCookieRefreshesWithAnEmptyBody() async throws {
        let login = try await ann.logIn(headers: browser)
        let next = try await refresh(browser.merging(["Cookie": cookie(after: login)]) { old, _ in old })
        #expect(next.status == 200)
        #expect(next.cookie("refreshToken")?.value != login.cookie("refreshToken")?.value)
    }

    @Test(arguments: [
        ["Origin": "https://evil.example.com"],
        ["Sec-Fetch-Site": "cross-site"],
        ["Origin": "null"],
    ])
    func anotherSiteCannotUseTheCookie(headers: [String: String]) async throws {
        let login = try await ann.logIn(headers: browser)
        let cookie = try cookie(after: login)
        let refused = try await refresh(headers.merging(["Cookie": cookie]) { old, _ in old })
        #expect(refused.status == 403)
        #expect(refused.code == "FORBIDDEN")
        #expect(refused.cookie("refreshToken") == nil, "only a 401 clears the cookie")
        let allowed = try await refresh(browser.merging(["Cookie": cookie]) { old, _ in old })
        #expect(allowed.status == 200, "the session lives on")
    }

    @Test func aTokenThatIsNotOursClearsTheCookie() async throws {
        let refused = try await refresh(browser.merging(["Cookie": "refreshToken=junk"]) { old, _ in old })
        #expect(refused.status == 401)
        #expect(refused.code == "INVALID_TOKEN")
        let cookie = try #require(refused.cookie("refreshToken"))
        #expect(cookie.value.isEmpty)
        #expect(cookie.attributes["max-age"] == "0")
    }

    @Test func logoutClearsTheCookieAndFreesTheSeat() async throws {
        let login = try await ann.logIn(headers: browser)
        let headers = browser.merging(["Cookie": try cookie(after: login)]) { old, _ in old }
        let response = try await lab.http.post("/api/auth/logout", headers: headers)
        #expect(response.status == 200)
        #expect(response.cookie("refreshToken")?.attributes["max-age"] == "0")
        #expect(try await ann.session(on: "Other/1").limited == false)
    }

    @Test func aRefreshWithoutAnyTokenSaysSo() async throws {
        let refused = try await refresh([:])
        #expect(refused.status == 401)
        #expect(refused.code == "INVALID_TOKEN")
    }
}
