import Testing

@testable import Server

/// Who may read the metrics.
struct MetricsAccessTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let peer: String
        var headers: [String: String] = [:]
        var from = ""
        var proxies = ""
        let status: Int

        var testDescription: String { what }
    }

    @Test(arguments: [
        Case(what: "this machine", peer: "127.0.0.1", status: 200),
        Case(what: "this machine by IPv6", peer: "::1", status: 200),
        Case(what: "any Host", peer: "127.0.0.1", headers: ["Host": "usher.internal:9000"], status: 200),
        Case(what: "another machine", peer: "192.0.2.7", status: 403),
        Case(what: "a listed machine", peer: "192.0.2.7", from: "192.0.2.0/24", status: 200),
        Case(what: "a machine that is not listed", peer: "198.51.100.1", from: "192.0.2.0/24", status: 403),
        Case(
            what: "the world through a proxy on this machine", peer: "127.0.0.1",
            headers: ["X-Forwarded-For": "198.51.100.1"], status: 403),
        Case(
            what: "the same, the proxy trusted", peer: "127.0.0.1", headers: ["X-Forwarded-For": "198.51.100.1"],
            proxies: "127.0.0.1", status: 403),
        Case(
            what: "somebody who calls himself loopback, through a trusted proxy", peer: "127.0.0.1",
            headers: ["X-Forwarded-For": "127.0.0.1"], proxies: "127.0.0.1", status: 403),
        Case(
            what: "a proxy that tells no address", peer: "127.0.0.1", headers: ["Via": "1.1 proxy"],
            proxies: "127.0.0.1", status: 403),
        Case(
            what: "a proxy that adds no header at all, called by the public name", peer: "127.0.0.1",
            headers: ["Host": "auth.example.com"], status: 403),
        Case(
            what: "a listed machine behind a trusted proxy", peer: "127.0.0.1",
            headers: ["X-Forwarded-For": "198.51.100.1, 192.0.2.7"], from: "192.0.2.0/24", proxies: "127.0.0.1",
            status: 200),
        Case(
            what: "a made-up address in front of the real one", peer: "127.0.0.1",
            headers: ["X-Forwarded-For": "192.0.2.7, 198.51.100.1"], from: "192.0.2.0/24", proxies: "127.0.0.1",
            status: 403),
        Case(
            what: "a listed address from a proxy that nobody trusts", peer: "192.0.2.9",
            headers: ["X-Forwarded-For": "192.0.2.7"], from: "192.0.2.0/24", status: 403),
    ])
    func onlyWhoIsMeantMayRead(_ test: Case) async throws {
        let server = try await HTTPUnderTest { options in
            options.publicURL = "https://auth.example.com"
            options.metricsFrom = test.from
            options.trustedProxies = test.proxies
        }
        let answer = try await server.send(
            "GET", "/metrics", ["Host": "127.0.0.1:8080"].merging(test.headers) { $1 }, peer: test.peer)
        #expect(answer.status == test.status)
        if answer.status == 403 {
            #expect(answer.code == "FORBIDDEN")
            #expect(answer.detail.contains("USHER_METRICS_FROM"))
            #expect(!answer.text.contains("usher_build_info"))
        }
    }

    @Test func onALoopbackNameEverybodyHereMayRead() async throws {
        let answer = try await HTTPUnderTest().send("GET", "/metrics")
        #expect(answer.status == 200)
        #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        #expect(answer.header("Cache-Control") == "no-store")
    }
}
