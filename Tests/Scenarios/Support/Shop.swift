import JSON
import TestSupport
import Testing

/// A shop or a script: it holds a webhook token, and calls commands.
struct Shop: Sendable {
    let http: HTTPClient
    let token: String

    /// Calls a command; an answer that says yes is checked against the command's schema.
    func call(_ action: String, _ payload: JSONValue = [:]) async throws -> HTTPResponse {
        var body = payload.objectValue ?? [:]
        body["action"] = .string(action)
        let response = try await http.post("/api/webhook", .json(.object(body)), headers: bearer(token))
        if response.status == 200 {
            let answer = try response.json()
            #expect(answer["success"] == true)
            #expect(answer["time"]?.int != nil)
            try OutputSchemas.check(try #require(answer["response"]), of: action)
        }
        return response
    }

    /// Calls a command that has to work.
    ///
    /// - Returns: The command's own answer.
    @discardableResult
    func run(_ action: String, _ payload: JSONValue = [:]) async throws -> JSONValue {
        let response = try await call(action, payload)
        guard response.status == 200, let answer = try response.json()["response"] else {
            throw Unexpected("\(action) to work", response)
        }
        return answer
    }

    func user(_ id: Int) async throws -> JSONValue {
        try await run("get-user", ["userId": .int(id)])
    }

    /// A user with a password and, if `seats` are given, a licence without end.
    func customer(_ name: String, seats: Int? = nil, productId: String = "studio") async throws -> Customer {
        var payload: [String: JSONValue] = ["email": .string("\(name)@example.com"), "name": .string("User \(name)")]
        if let seats {
            payload["license"] = ["productId": .string(productId), "seats": .int(seats), "validUntil": "never"]
        }
        let user = try await run("create-user", JSONValue(members: payload))
        let id = try #require(user["id"]?.int)
        let password = "walnut harbour \(name) 52"
        try await run("update-user", ["userId": .int(id), "password": .string(password)])
        return Customer(
            http: http, id: id, email: "\(name)@example.com", password: password,
            licenseID: user.at("license", "id")?.int)
    }
}

extension Shop {
    /// The administrator whom this shop's token belongs to, with a password.
    func administrator() async throws -> Customer {
        let password = "harbour lantern 81"
        let user = try await run(
            "update-user", ["email": .string(Lab.adminAddress), "password": .string(password)])
        return Customer(
            http: http, id: try #require(user["id"]?.int), email: Lab.adminAddress, password: password, licenseID: nil)
    }
}

/// The header that carries a token.
func bearer(_ token: String) -> [String: String] { ["Authorization": "Bearer \(token)"] }

extension Lab {
    static let adminAddress = "mara@example.com"

    /// Makes the first administrator and a webhook token that may call everything.
    func shop() async throws -> Shop {
        let admin = try await verb(["create-admin", Self.adminAddress, "Mara Lindt"])
        try #require(admin.status == 0, "\(admin.errors)")
        return try await shop(actions: [])
    }

    /// Makes a webhook token of the administrator's, for these actions; none stands for all.
    func shop(actions: [String]) async throws -> Shop {
        let choice = actions.flatMap { ["--action", $0] }
        let made = try await verb(["create-webhook", "Shop", "--user", Self.adminAddress] + choice)
        try #require(made.status == 0, "\(made.errors)")
        let token = try #require(made.output.firstMatch(of: /ush_wh_[A-Za-z0-9_\-]+/)?.0, "\(made.output)")
        return Shop(http: http, token: String(token))
    }
}
