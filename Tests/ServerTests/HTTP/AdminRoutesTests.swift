import JSON
import Testing

@testable import Server

/// The routes that take an access token.
struct AdminRoutesTests {
    private let bearer = ["Authorization": "bearer  \(HTTPUnderTest.accessToken)"]

    @Test(
        arguments: [
            ("", [:]), ("?limit=2&cursor=9", ["limit": "2", "cursor": "9"]), ("?seat=1", ["seat": "1"]),
        ] as [(String, JSONValue)])
    func usersAreListedByTheQuery(query: String, input: JSONValue) async throws {
        let answer = try await HTTPUnderTest().send("GET", "/api/users\(query)", bearer)
        #expect(answer.status == 200)
        #expect(answer.json == input)
        #expect(answer.header("Cache-Control") == "no-store")
    }

    @Test(arguments: [("userId=7", ["userId": "7"]), ("email=ann%40b", ["email": "ann@b"])] as [(String, JSONValue)])
    func oneUserComesInAnObject(query: String, input: JSONValue) async throws {
        let answer = try await HTTPUnderTest().send("GET", "/api/users?\(query)", bearer)
        #expect(answer.json == ["user": input])
    }

    @Test(arguments: [("busy", 503, "UNAVAILABLE"), ("broken", 500, "INTERNAL"), ("junk", 401, "INVALID_TOKEN")])
    func aTokenThatCannotBeLookedUpIsNotAWrongOne(token: String, status: Int, code: String) async throws {
        let answer = try await HTTPUnderTest().send("GET", "/api/users", ["Authorization": "Bearer \(token)"])
        #expect(answer.status == status)
        #expect(answer.code == code)
        #expect(!answer.text.contains("disk"))
    }

    @Test func aSessionIsEndedByItsPath() async throws {
        let answer = try await HTTPUnderTest().send("DELETE", "/api/auth/sessions/57", bearer)
        #expect(answer.json == ["sessionId": "57"])
    }

    @Test(arguments: ["/api/users", "/api/audit", "/api/auth/sessions"])
    func withoutATokenTheRouteSaysWhichItTakes(path: String) async throws {
        let answer = try await HTTPUnderTest().send("GET", path)
        #expect(answer.status == 401)
        #expect(answer.code == "INVALID_TOKEN")
        #expect(answer.detail.contains("access token"))
        #expect(answer.header("WWW-Authenticate") == "Bearer")
    }
}
