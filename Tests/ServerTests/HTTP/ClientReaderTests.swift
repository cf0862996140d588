import JSON
import Testing

@testable import Server

/// Where a request comes from, which only a trusted proxy may say for somebody else.
struct ClientReaderTests {
    private func client(
        _ headers: [String: String], peer: String, trusting proxies: String = "10.0.0.0/8"
    ) async throws -> Answer {
        let server = try await HTTPUnderTest { $0.trustedProxies = proxies }
        let token = ["Authorization": "Bearer \(HTTPUnderTest.webhookToken)"]
        return try await server.send(
            "POST", "/api/webhook", headers.merging(token) { own, _ in own }, body: #"{"action":"prune-sessions"}"#,
            peer: peer)
    }

    @Test(
        arguments: [
            (nil, "192.0.2.1", "192.0.2.1"),
            ("203.0.113.9", "192.0.2.1", "192.0.2.1"),
            (nil, "10.0.0.1", "10.0.0.1"),
            ("203.0.113.9", "10.0.0.1", "203.0.113.9"),
            ("198.51.100.1, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
            ("198.51.100.1, 203.0.113.9, 10.1.1.1", "10.0.0.1", "203.0.113.9"),
            ("10.2.2.2, 10.1.1.1", "10.0.0.1", "10.2.2.2"),
            ("203.0.113.9, nonsense, 10.1.1.1", "10.0.0.1", "10.1.1.1"),
            ("203.0.113.9:4711", "10.0.0.1", "203.0.113.9"),
            ("[2001:db8::7]:4711", "10.0.0.1", "2001:db8::7"),
            ("2001:db8::7", "10.0.0.1", "2001:db8::7"),
        ] as [(String?, String, String)])
    func forwardedAddressesCountAsFarAsTheyAreTrusted(forwarded: String?, peer: String, address: String) async throws {
        var headers: [String: String] = [:]
        headers["X-Forwarded-For"] = forwarded
        let answer = try await client(headers, peer: peer)
        #expect(answer.json["response"]?["address"]?.stringValue == address)
    }

    @Test func placesComeFromATrustedProxyAlone() async throws {
        let headers = ["X-Geo-Country": "AT", "X-Geo-City": "Sankt%20P%C3%B6lten"]
        let trusted = try await client(headers, peer: "10.0.0.1").json["response"]
        #expect(trusted?["country"] == "AT")
        #expect(trusted?["city"] == "Sankt Pölten")
        let stranger = try await client(headers, peer: "192.0.2.1").json["response"]
        #expect(stranger?["country"] == .null)
        #expect(stranger?["city"] == .null)
    }

    @Test func longTextsAreCutAndControlCharactersRefused() async throws {
        let long = String(repeating: "x", count: 700)
        let answer = try await client(
            ["User-Agent": long, "X-Geo-City": long, "X-Geo-Country": "A%00"], peer: "10.0.0.1"
        ).json["response"]
        #expect(answer?["userAgent"]?.stringValue?.count == 500)
        #expect(answer?["city"]?.stringValue?.count == 100)
        #expect(answer?["country"] == .null)
    }
}
