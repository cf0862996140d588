import Testing

@testable import Server

/// Pages of other origins (CORS): the listed ones on the auth routes, and nobody else anywhere.
struct CrossOriginTests {
    private let shop = "https://shop.example.com"

    private func server() async throws -> HTTPUnderTest {
        try await HTTPUnderTest { $0.allowedOrigins = "https://shop.example.com" }
    }

    private func ask(_ path: String, from origin: String) async throws -> Answer {
        try await server().send("OPTIONS", path, ["Origin": origin, "Access-Control-Request-Method": "POST"])
    }

    @Test func aListedOriginMayAskAndRead() async throws {
        let before = try await ask("/api/auth/login", from: shop)
        #expect(before.status == 204)
        #expect(before.header("Access-Control-Allow-Origin") == shop)
        #expect(before.header("Access-Control-Allow-Credentials") == "true")
        #expect(before.header("Access-Control-Allow-Methods") == "POST")
        #expect(before.header("Access-Control-Max-Age") == "600")
        let headers = ["Origin": shop, "Sec-Fetch-Site": "cross-site", "Cookie": "refreshToken=x"]
        let answer = try await server().post("/api/auth/refresh-token", headers, json: "")
        #expect(answer.status == 200)
        #expect(answer.header("Access-Control-Allow-Origin") == shop)
        #expect(answer.header("Vary") == "Origin")
        let refused = try await server().post("/api/auth/login", headers, json: "{")
        #expect(refused.status == 400)
        #expect(refused.header("Access-Control-Allow-Origin") == shop, "its script should see what was wrong")
    }

    @Test(arguments: [
        "https://evil.example.com", "http://shop.example.com", "https://shop.example.com:8443", "null",
        "https://shop.example.com.evil.example.com",
    ])
    func anyOtherOriginIsRefused(origin: String) async throws {
        let before = try await ask("/api/auth/login", from: origin)
        #expect(before.status == 403)
        #expect(before.header("Access-Control-Allow-Origin") == nil)
        let answer = try await server().post("/api/auth/login", ["Origin": origin], json: "{}")
        #expect(answer.header("Access-Control-Allow-Origin") == nil)
        #expect(answer.header("Vary") == "Origin")
    }

    @Test(arguments: ["/api/webhook", "/api/users", "/api/audit", "/.well-known/jwks.json"])
    func otherRoutesAreForNoOtherOrigin(path: String) async throws {
        let before = try await ask(path, from: shop)
        #expect(before.status == 405)
        #expect(before.header("Access-Control-Allow-Origin") == nil)
    }
}
