import JSON
import Testing

/// Every failure has one shape, says what would be right, and never a secret.
struct FailureScenarios {
    let lab: Lab

    init() async throws {
        lab = try await Lab.start()
    }

    /// The members that every failure has (RFC 9457, and the older `error`).
    private func expectFailure(_ response: HTTPResponse, _ status: Int, _ code: String) throws {
        #expect(response.status == status, "\(response.text)")
        #expect(response.header("content-type")?.hasPrefix("application/problem+json") == true)
        let problem = try response.json()
        #expect(problem["type"] == "about:blank")
        #expect(problem["title"]?.stringValue?.isEmpty == false)
        #expect(problem["status"]?.int == status)
        #expect(problem["code"]?.stringValue == code)
        #expect(problem["detail"]?.stringValue?.isEmpty == false)
        #expect(problem["error"] == problem["detail"])
        #expect(problem["requestId"]?.stringValue == response.header("x-request-id"))
        #expect(response.header("x-request-id")?.isEmpty == false)
    }

    private func login(_ text: String, type: String? = "application/json") async throws -> HTTPResponse {
        try await lab.http.post("/api/auth/login", .raw(text, type: type))
    }

    @Test(arguments: ["{", "{\"email\":}", "[1,]", "{\"email\":\"a\",}", "nonsense", "{\"a\":1,\"a\":2}", ""])
    func whatIsNotJSONIsRefusedWithItsPlace(text: String) async throws {
        let response = try await login(text)
        try expectFailure(response, 400, "INVALID_JSON")
        #expect(response.detail.contains(/\d/), "the place is named: \(response.detail)")
    }

    @Test func aWrongInputListsEveryPlace() async throws {
        let response = try await login(#"{"email":7,"password":"x","limited":"maybe"}"#)
        try expectFailure(response, 422, "INVALID_INPUT")
        #expect(response.pointers == ["/email", "/limited"])
        for error in try response.json()["errors"]?.items ?? [] {
            #expect(error["keyword"]?.stringValue?.isEmpty == false)
            #expect(error["message"]?.stringValue?.isEmpty == false)
        }
    }

    @Test(arguments: ["/nothing", "/api", "/api/auth", "/api/auth/sessions/x/y"])
    func anUnknownRouteIsNotFound(path: String) async throws {
        try expectFailure(try await lab.http.get(path), 404, "NOT_FOUND")
    }

    @Test(arguments: [
        ("GET", "/api/auth/login", "POST"), ("PUT", "/api/webhook", "POST"), ("POST", "/api/users", "GET"),
        ("DELETE", "/healthz", "GET"), ("GET", "/api/auth/sessions/1", "DELETE"),
    ])
    func aWrongMethodIsToldTheRightOne(method: String, path: String, allowed: String) async throws {
        let response = try await lab.http.send(method, path)
        try expectFailure(response, 405, "METHOD_NOT_ALLOWED")
        let methods = (response.header("allow") ?? "").split(separator: ",").map(trimmed)
        #expect(methods.contains(allowed), "\(methods)")
        #expect(!methods.contains(method))
    }

    @Test func anotherTypeIsRefusedWithTheHeaderToSend() async throws {
        let response = try await login("email=ann", type: "text/plain")
        try expectFailure(response, 415, "UNSUPPORTED_MEDIA_TYPE")
        #expect(response.detail.contains("Content-Type: application/json"), "\(response.detail)")
    }

    @Test func aBodyOverTheLimitIsRefused() async throws {
        let response = try await login("{\"email\":\"" + String(repeating: "a", count: 70_000) + "\"}")
        try expectFailure(response, 413, "PAYLOAD_TOO_LARGE")
    }

    @Test func deepNestingIsRefused() async throws {
        let response = try await login(String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000))
        try expectFailure(response, 400, "INVALID_JSON")
    }

    @Test func anotherHostIsMisdirected() async throws {
        let response = try await lab.http.get("/", headers: ["Host": "evil.example.com"])
        try expectFailure(response, 421, "MISDIRECTED_REQUEST")
        let health = try await lab.http.get("/healthz", headers: ["Host": "evil.example.com"])
        #expect(health.status == 200, "health checks take any Host")
    }

    @Test func whoCannotLogInLearnsNothingOfWhy() async throws {
        let shop = try await lab.shop()
        let ann = try await shop.customer("ann")
        try await shop.run("create-user", ["email": "new@example.com", "name": "New"])
        let attempts = [
            (ann.email, "wrong password 1"), ("nobody@example.com", "x"), ("new@example.com", "x"), ("x", ""),
        ]
        var bodies: Set<String> = []
        for (email, password) in attempts {
            let response = try await lab.http.post(
                "/api/auth/login", .json(["email": .string(email), "password": .string(password)]))
            try expectFailure(response, 401, "INVALID_CREDENTIALS")
            bodies.insert(response.detail)
        }
        #expect(bodies.count == 1, "one answer for all: \(bodies)")
    }

    @Test func noFailureRepeatsWhatWasSecret() async throws {
        let secret = "ush_pw_QmFzZTY0LXNlY3JldC10ZXh0LXRoYXQtaXMtbG9uZw"
        let attempts: [(String, Body)] = [
            ("/api/auth/login", .json(["email": "ann@example.com", "password": .string(secret)])),
            ("/api/auth/login", .json(["email": "ann@example.com", "password": [.string(secret)]])),
            ("/api/auth/login", .raw("{\"password\":\"\(secret)\"", type: "application/json")),
            ("/api/auth/refresh-token", .json(["refreshToken": .string(secret)])),
            ("/api/auth/create-password", .json(["token": .string(secret), "password": "a", "confirm": "b"])),
            ("/api/webhook?token=\(secret)", .json(["action": "list-users"])),
        ]
        for (path, body) in attempts {
            let response = try await lab.http.post(path, body)
            #expect(response.status >= 400)
            #expect(!response.text.contains(secret), "\(path)")
        }
        #expect(!lab.log.contains(secret))
    }
}
