import JSON
import Mailer
import Storage
import Testing

@testable import Server

/// What holds for every request and every answer.
struct EdgeTests {
    @Test(arguments: ["/healthz", "/nothing", "/", "/assets/usher.css", "/api/users"])
    func everyAnswerHasAnIDAndItsHeaders(path: String) async throws {
        let server = try await HTTPUnderTest()
        let answer = try await server.send("GET", path)
        #expect(answer.header("X-Request-Id")?.count == 16)
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.header("Referrer-Policy") == "no-referrer")
        #expect(answer.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
        #expect(answer.header("Cache-Control") != nil)
        #expect(answer.header("Strict-Transport-Security") == nil, "this one is not https")
        #expect(answer.header("Server") == nil)
    }

    @Test func overHTTPSBrowsersAreToldToStayThere() async throws {
        let server = try await HTTPUnderTest { $0.publicURL = "https://auth.example.com" }
        #expect(try await server.send("GET", "/healthz").header("Strict-Transport-Security") == "max-age=63072000")
    }

    @Test func aFailureHasAllItsMembers() async throws {
        let answer = try await HTTPUnderTest().send("GET", "/nothing")
        #expect(answer.status == 404)
        #expect(answer.header("Content-Type") == "application/problem+json")
        let problem = answer.json
        #expect(problem["type"] == "about:blank")
        #expect(problem["title"] == "Not Found")
        #expect(problem["status"] == 404)
        #expect(problem["code"] == "NOT_FOUND")
        #expect(problem["error"] == problem["detail"])
        #expect(problem["requestId"]?.stringValue == answer.header("X-Request-Id"))
    }

    @Test(arguments: ["/api/auth/login/", "//healthz", "/healthz/x", "/API/users", "/api/auth/sessions/", "/%68ealthz"])
    func aPathThatIsSpeltOtherwiseIsNone(path: String) async throws {
        #expect(try await HTTPUnderTest().send("GET", path).status == 404)
    }

    @Test(arguments: [
        ("GET", "/api/auth/login", "POST"), ("PUT", "/reset-password", "GET, HEAD, POST"),
        ("POST", "/healthz", "GET, HEAD"),
        ("PATCH", "/api/auth/sessions/1", "DELETE"), ("TRACE", "/api/users", "GET, HEAD"), ("BREW", "/", "GET, HEAD"),
        ("OPTIONS", "/api/webhook", "POST"),
    ])
    func aWrongMethodIsToldTheRightOnes(method: String, path: String, allowed: String) async throws {
        let answer = try await HTTPUnderTest().send(method, path)
        #expect(answer.status == 405)
        #expect(answer.code == "METHOD_NOT_ALLOWED")
        #expect(answer.header("Allow") == allowed)
    }

    @Test func headIsGetWithoutItsBody() async throws {
        let server = try await HTTPUnderTest()
        let (get, head) = (try await server.send("GET", "/healthz"), try await server.send("HEAD", "/healthz"))
        #expect(head.status == 200)
        #expect(head.text.isEmpty)
        #expect(head.header("Content-Length") == get.header("Content-Length"))
    }

    @Test(arguments: ["evil.example.com", "localhost.evil.example.com", "localhost@evil.example.com", "10.0.0.1"])
    func anotherHostIsMisdirected(host: String) async throws {
        let server = try await HTTPUnderTest()
        let answer = try await server.send("GET", "/", ["Host": host])
        #expect(answer.status == 421)
        #expect(answer.code == "MISDIRECTED_REQUEST")
        #expect(try await server.send("GET", "/nothing", ["Host": host]).status == 421)
        for path in ["/healthz", "/readyz", "/.well-known/jwks.json"] {
            #expect(try await server.send("GET", path, ["Host": host]).status == 200)
        }
    }

    @Test(arguments: ["localhost:8080", "LOCALHOST", "127.0.0.1:9", "[::1]:8080", "localhost."])
    func onThisMachineAllItsNamesCount(host: String) async throws {
        #expect(try await HTTPUnderTest().send("GET", "/", ["Host": host]).status == 200)
    }

    @Test func aServerForAllInterfacesAnswersForItsPublicNameAlone() async throws {
        let server = try await HTTPUnderTest {
            $0.publicURL = "https://auth.example.com"
            $0.listensOnLoopback = false
        }
        #expect(try await server.send("GET", "/", ["Host": "auth.example.com:443"]).status == 200)
        #expect(try await server.send("GET", "/", ["Host": "localhost"]).status == 421)
        #expect(try await server.send("GET", "/", ["Host": ""]).code == "MALFORMED_REQUEST")
    }

    @Test func anotherTypeIsToldWhatToSend() async throws {
        let server = try await HTTPUnderTest()
        for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
            let answer = try await server.post("/api/auth/login", ["Content-Type": type], json: "{}")
            #expect(answer.status == 415)
            #expect(answer.detail.contains("`Content-Type: application/json`"))
            #expect(answer.header("Accept-Post") == "application/json")
        }
        for type in ["application/json; charset=utf-8", "APPLICATION/JSON", ""] {
            #expect(try await server.post("/api/auth/login", ["Content-Type": type], json: "{}").status == 200)
        }
    }

    @Test(arguments: ["", "{", "{\"a\":1,\"a\":2}", "{'a':1}", "\u{feff}{}"])
    func whatIsNotJSONIsRefusedWithItsPlace(text: String) async throws {
        let answer = try await HTTPUnderTest().post("/api/auth/login", json: text)
        #expect(answer.status == 400)
        #expect(answer.code == "INVALID_JSON")
        #expect(answer.detail.contains("line 1, column"))
    }

    @Test func aFaultOfOursTellsTheRequestsIDOnly() async throws {
        let answer = try await HTTPUnderTest().post(
            "/api/webhook?token=\(HTTPUnderTest.webhookToken)", json: #"{"action":"crash"}"#)
        #expect(answer.status == 500)
        #expect(answer.code == "INTERNAL")
        #expect(!answer.text.contains("Broken"))
    }

    @Test func whoIsNotReadySaysWhy() async throws {
        #expect(try await HTTPUnderTest().send("GET", "/readyz").status == 200)
        let answer = try await HTTPUnderTest { $0.notReady = ["The database is away."] }.send("GET", "/readyz")
        #expect(answer.status == 503)
        #expect(answer.json["problems"] == ["The database is away."])
        #expect(answer.header("Retry-After") == "1")
    }

    @Test func pausedMailIsShownAndKeepsNobodyAway() async throws {
        let time = Timestamp(milliseconds: 1_800_000_000_000)
        let answer = try await HTTPUnderTest {
            $0.mailStatus = MailStatus(
                waiting: 3, oldest: time, pause: .init(trouble: .login, code: 535, until: time + .seconds(15)))
        }.send("GET", "/readyz")
        #expect(answer.status == 200)
        #expect(
            answer.json["mail"] == [
                "state": "paused", "waiting": 3, "oldest": "2027-01-15T08:00:00.000Z",
                "reason": "The mail server does not let this server log in. It answered 535.",
                "nextTryAt": "2027-01-15T08:00:15.000Z",
            ])
        #expect(try await HTTPUnderTest().send("GET", "/readyz").json == ["status": "ok", "mail": nil])
    }

    @Test func theKeysMayBeCached() async throws {
        let answer = try await HTTPUnderTest().send("GET", "/.well-known/jwks.json")
        #expect(answer.header("Cache-Control") == "public, max-age=600")
        #expect(answer.json == ["keys": []])
    }
}
