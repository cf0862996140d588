import Foundation
import JSON
import TestSupport
import Testing

/// Usher behind real proxies, with the configurations in `deploy/`.
struct ProxyScenarios {
    private static let browser = [
        "Origin": ProxyKind.publicURL, "Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0",
    ]

    @Test(arguments: ProxyKind.allCases)
    func theStoryRunsByHTTPSAndHTTP2(kind: ProxyKind) async throws {
        guard let proxy = try await ProxyUnderTest.start(kind, for: "the story") else { return }
        let shop = try await proxy.shop()
        let order: JSONValue = [
            "action": "create-user", "email": "ann@example.com", "name": "Ann Berger",
            "license": ["productId": "studio", "seats": 2, "validUntil": "never"],
        ]
        let bought = try await shop.http.post("/api/webhook?token=\(shop.token)", .json(order))
        #expect(bought.status == 200, "\(bought.text)")
        #expect(bought.version == "HTTP/2")
        #expect(bought.header("strict-transport-security") != nil)

        let (ann, link) = try await Self.passwordByMail(proxy, shop)
        var devices: [Login] = []
        for device in ["Laptop/1", "Phone/1", "Tablet/1"] { devices.append(try await ann.session(on: device)) }
        #expect(devices.map(\.limited) == [false, false, true])
        _ = try await ann.http.post("/api/auth/logout", .json(["refreshToken": .string(devices[0].refreshToken)]))

        let login = try await ann.logIn(headers: Self.browser)
        let cookie = try #require(login.cookie("__Host-refreshToken"))
        #expect(cookie.attributes["secure"] != nil)
        #expect(cookie.attributes["path"] == "/")
        #expect(try login.json()["limited"] == false)
        let headers = Self.browser.merging(["Cookie": "__Host-refreshToken=\(cookie.value)"]) { _, new in new }
        let next = try await ann.http.post("/api/auth/refresh-token", headers: headers)
        #expect(next.status == 200, "\(next.text)")
        #expect(next.cookie("__Host-refreshToken")?.value != cookie.value)

        let log = try await eventually("the last line of the log") {
            let log = proxy.log
            return log.contains(try #require(next.header("x-request-id"))) || kind == .caddy ? log : nil
        }
        #expect(log.contains("/api/webhook"), "there is a log at all")
        for secret in [shop.token, link.token, "token=", cookie.value] { #expect(!log.contains(secret)) }
    }

    /// Sets a password by a mail of a reset, and finds the link spent afterwards.
    private static func passwordByMail(_ proxy: ProxyUnderTest, _ shop: Shop) async throws -> (Customer, Link) {
        let address = "ann@example.com"
        _ = try await proxy.lab.mail(to: address)
        #expect(try await shop.http.post("/api/auth/reset-password", .json(["email": .string(address)])).status == 200)
        let link = try #require(try await proxy.lab.mail(to: address).link)
        #expect(link.url == ProxyKind.publicURL + link.target)
        let password = "walnut orchard 52"
        let page = try await Page.open(link.target, shop.http)
        let done = try await page.submit([("password", password), ("confirm", password)])
        #expect([200, 303].contains(done.status), "\(done.text)")
        let spent = try await Page.open(link.target, shop.http).response
        #expect(spent.status == 303)
        #expect(spent.header("location") == "/401?reason=spent", "wherever the browser came from, it stays there")
        return (Customer(http: shop.http, id: 2, email: address, password: password, licenseID: nil), link)
    }

    @Test(arguments: ProxyKind.allCases)
    func whatAClientForgesIsNotBelieved(kind: ProxyKind) async throws {
        guard let proxy = try await ProxyUnderTest.start(kind, for: "forged headers") else { return }
        let ann = try await proxy.shop().customer("ann", seats: 1)
        let forged = [
            "X-Forwarded-For": "203.0.113.7", "X-Request-Id": "mine", "X-Geo-Country": "Atlantis",
            "X-Geo-City": "Poseidonis", "X-Geo-Region": "Deep",
        ]
        // Not one that is trusted: it would be passed over as one more proxy.
        let client = proxy.client(from: "127.0.0.7")
        let visitor = Customer(http: client, id: ann.id, email: ann.email, password: ann.password, licenseID: nil)
        let login = try await visitor.logIn(headers: forged)
        let session = try #require(try login.json()["session"])
        for place in ["country", "city", "region"] { #expect(session[place] == .null) }
        let id = try #require(login.header("x-request-id"))
        #expect(id != "mine")
        #expect(id.count >= 32, "the proxy's, and not one of Usher's own")

        // Past the proxy the header is worth nothing, as this client is none of the trusted.
        let past = HTTPClient(
            base: ProxyKind.publicURL.replacingOccurrences(of: "https", with: "http"),
            way: NetworkWay(
                connectTo: "\(ProxyKind.host):80:127.0.0.1:\(proxy.lab.port)", root: nil, source: "127.0.0.8"))
        let direct = Customer(http: past, id: ann.id, email: ann.email, password: ann.password, licenseID: nil)
        #expect(try await direct.logIn(headers: forged).status == 200)

        let admin = try await proxy.shop().administrator().session()
        let audit = try await proxy.client().get("/api/audit?limit=100", headers: bearer(admin.accessToken)).json()
        let logins = (audit["items"]?.items ?? []).filter { $0["action"]?.stringValue == "login" }
        #expect(logins.map { $0["clientAddress"]?.stringValue } == ["127.0.0.7", "127.0.0.8", "127.0.0.1"])
        #expect(logins.first?["requestId"]?.stringValue == id)
        if kind != .caddy { #expect(proxy.log.contains(id)) }
    }

    @Test(arguments: ProxyKind.allCases)
    func whatIsTooMuchIsRefusedInJSON(kind: ProxyKind) async throws {
        guard let proxy = try await ProxyUnderTest.start(kind, for: "limits") else { return }
        let client = proxy.client()
        func body(_ bytes: Int) -> Body { .raw(String(repeating: " ", count: bytes), type: "application/json") }
        let full = try await client.post("/api/auth/login?token=ush_wh_large", body(65_536))
        #expect(full.code == "INVALID_JSON", "64 KiB get through")
        let large = try await client.post("/api/auth/login?token=ush_wh_large", body(65_537))
        #expect(large.status == 413)
        #expect(large.code == "PAYLOAD_TOO_LARGE")
        let long = try await client.get("/" + String(repeating: "a", count: 9000))
        #expect(long.status == 414)
        #expect(long.code == "URI_TOO_LONG")
        let letters = String(repeating: "a", count: 9000)
        let heavy = try await client.get("/healthz", headers: ["A": letters, "B": letters])
        #expect(heavy.status == 431)
        #expect(heavy.code == "HEADERS_TOO_LARGE")
        #expect(!proxy.log.contains("ush_wh_large"))
    }

    @Test(arguments: [ProxyKind.nginx, .haproxy])
    func aForeignHostIsToldSo(kind: ProxyKind) async throws {
        guard let proxy = try await ProxyUnderTest.start(kind, for: "a foreign host") else { return }
        let foreign = try await proxy.client().get("/reset-password", headers: ["Host": "evil.example.com"])
        #expect(foreign.status == 421)
        #expect(foreign.code == "MISDIRECTED_REQUEST")
    }

    @Test(arguments: ProxyKind.allCases)
    func theMetricsAndPlainHTTPAreClosed(kind: ProxyKind) async throws {
        guard let proxy = try await ProxyUnderTest.start(kind, for: "metrics and plain HTTP") else { return }
        #expect(try await proxy.lab.http.get("/metrics").status == 200)
        for path in ["/metrics", "/%6Detrics"] { #expect(try await proxy.client().get(path).status == 404) }
        let page = try await proxy.plainClient.get("/reset-password?x=1")
        #expect([301, 308].contains(page.status))
        #expect(page.header("location") == "\(ProxyKind.publicURL)/reset-password?x=1")
        let call = try await proxy.plainClient.post("/api/webhook?token=ush_wh_plain", .json(["action": "list-users"]))
        #expect(call.status == 403)
        #expect(!proxy.log.contains("ush_wh_plain"))
    }

    /// The other proxies wait for it.
    @Test func nginxSaysThatTheServerIsAwayAndNotTheToken() async throws {
        guard let proxy = try await ProxyUnderTest.start(.nginx, for: "a stopped server") else { return }
        try await proxy.lab.stop()
        let answer = try await proxy.client().post("/api/webhook?token=ush_wh_away", .json(["action": "list-users"]))
        #expect(answer.status == 503)
        #expect(answer.code == "UNAVAILABLE")
        #expect(answer.header("retry-after") != nil)
        #expect(!proxy.log.contains("ush_wh_away"))
    }
}
