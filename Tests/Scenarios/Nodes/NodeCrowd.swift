import JSON
import Synchronization
import Testing

/// Shops and users at work, each doing one thing after the other, until told to stop; and what they were told is done.
final class NodeCrowd: Sendable {
    struct Refusal: Sendable {
        let what: String
        /// 0 where the connection broke.
        let status: Int
    }

    struct Seen: Sendable {
        /// Addresses of users that the shop was told are there.
        var created: [String] = []
        /// All answers but 200.
        var refusals: [Refusal] = []
        var logins = 0
        var refreshes = 0
    }

    private let shop: Shop
    private let seen = Mutex(Seen())
    private let isOver = Mutex(false)

    init(shop: Shop) {
        self.shop = shop
    }

    func stop() { isOver.withLock { $0 = true } }

    var soFar: Seen { seen.withLock { $0 } }

    /// Works until it is stopped; two shops, and two users of each of `customers`.
    func work(_ customers: [Customer]) async throws -> Seen {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 1...2 { group.addTask { try await self.order(worker) } }
            for customer in customers {
                group.addTask { try await self.stayLoggedIn(customer, on: "desk") }
                group.addTask { try await self.comeAndGo(customer, on: "phone") }
            }
            try await group.waitForAll()
        }
        return soFar
    }

    private func goOn() -> Bool { isOver.withLock { !$0 } }

    /// Orders, each of which mails an invitation, and each sent once.
    private func order(_ worker: Int) async throws {
        var number = 0
        while goOn() {
            number += 1
            let address = "user\(worker)-\(number)@example.com"
            let order: JSONValue = ["action": "create-user", "email": .string(address), "name": "User"]
            let answer = try await attempt("create-user") {
                try await shop.http.post("/api/webhook", .json(order), headers: bearer(shop.token))
            }
            if answer?.status == 200 { seen.withLock { $0.created.append(address) } }
        }
    }

    /// A session that is refreshed again and again. Whatever dies in between, it must never be refused.
    private func stayLoggedIn(_ customer: Customer, on device: String) async throws {
        var token: String?
        while goOn() {
            guard let current = token else {
                token = try await login(customer, device)
                continue
            }
            let answer = try await attempt("refresh-token") {
                try await customer.http.post(
                    "/api/auth/refresh-token", .json(["refreshToken": .string(current)]),
                    headers: ["User-Agent": device])
            }
            guard let answer, answer.status == 200 else { continue }
            token = try answer.json()["refreshToken"]?.stringValue
            seen.withLock { $0.refreshes += 1 }
        }
    }

    /// Logins and logouts.
    private func comeAndGo(_ customer: Customer, on device: String) async throws {
        while goOn() {
            guard let token = try await login(customer, device) else { continue }
            _ = try await attempt("logout") {
                try await customer.http.post("/api/auth/logout", .json(["refreshToken": .string(token)]))
            }
        }
    }

    private func login(_ customer: Customer, _ device: String) async throws -> String? {
        let answer = try await attempt("login") { try await customer.logIn(on: device, ["deviceId": .string(device)]) }
        guard let answer, answer.status == 200 else { return nil }
        seen.withLock { $0.logins += 1 }
        return try answer.json()["refreshToken"]?.stringValue
    }

    private func attempt(_ what: String, _ send: () async throws -> HTTPResponse) async throws -> HTTPResponse? {
        let answer = try? await send()
        let status = answer?.status ?? 0
        if status != 200 {
            seen.withLock { $0.refusals.append(Refusal(what: what, status: status)) }
            try await Task.sleep(for: .milliseconds(50))
        }
        return answer
    }
}
