import JSON
import Testing

/// A user who knows the password, in front of one device or another.
struct Customer: Sendable {
    let http: HTTPClient
    let id: Int
    let email: String
    var password: String
    /// The licence that was made with the user.
    let licenseID: Int?

    /// Logs in; an answer that says yes is checked against the command's schema.
    ///
    /// `device` is the User-Agent, which tells devices without a `deviceId` apart; `more` are members of the body.
    func logIn(
        on device: String = "Studio/1.0", _ more: [String: JSONValue] = [:], headers: [String: String] = [:],
        path: String = "/api/auth/login"
    ) async throws -> HTTPResponse {
        let own: [String: JSONValue] = ["email": .string(email), "password": .string(password)]
        let response = try await http.post(
            path, .json(JSONValue(members: own.merging(more) { _, new in new })),
            headers: ["User-Agent": device].merging(headers) { _, new in new })
        if response.status == 200 { try OutputSchemas.check(try response.json(), of: "login") }
        return response
    }

    /// Logs in, which has to work.
    func session(on device: String = "Studio/1.0", _ more: [String: JSONValue] = [:]) async throws -> Login {
        try Login(await logIn(on: device, more), device: device)
    }
}

/// What a login or a refresh gave to a device.
struct Login: Sendable {
    let accessToken: String
    let refreshToken: String
    let limited: Bool
    let limitedReason: String?
    let device: String
    /// The whole body.
    let answer: JSONValue

    init(_ response: HTTPResponse, device: String) throws {
        let answer = try response.json()
        guard response.status == 200, let access = answer["accessToken"]?.stringValue,
            let refresh = answer["refreshToken"]?.stringValue
        else { throw Unexpected("a pair of tokens", response) }
        accessToken = access
        refreshToken = refresh
        limited = answer["limited"] == true
        limitedReason = answer["limitedReason"]?.stringValue
        self.device = device
        self.answer = answer
    }

    var remaining: Int? { answer["remainingLicenses"]?.int }
    var sessionID: Int? { answer.at("session", "id")?.int }
    var licenseID: Int? { answer.at("session", "licenseId")?.int }
}

extension Lab {
    /// Uses a refresh token as a program does; an answer that says yes is checked against the command's schema.
    func refresh(_ token: String, on device: String = "Studio/1.0") async throws -> HTTPResponse {
        let body: JSONValue = ["refreshToken": .string(token)]
        let response = try await http.post("/api/auth/refresh-token", .json(body), headers: ["User-Agent": device])
        if response.status == 200 { try OutputSchemas.check(try response.json(), of: "refresh-token") }
        return response
    }

    /// Uses a login's refresh token on its own device, which has to work.
    func refreshed(_ login: Login) async throws -> Login {
        try Login(await refresh(login.refreshToken, on: login.device), device: login.device)
    }

    @discardableResult
    func logOut(_ token: String) async throws -> HTTPResponse {
        let response = try await http.post("/api/auth/logout", .json(["refreshToken": .string(token)]))
        if response.status == 200 { try OutputSchemas.check(try response.json(), of: "logout") }
        return response
    }
}
