import Commands
import Engine
import JSON

/// What an administrator does with an access token.
struct AdminRoutes: Sendable {
    let engine: CommandEngine
    let authentication: RouteAuthentication

    var routes: [Route] {
        [
            .get("/api/users", users),
            .get("/api/audit", audit),
            .post("/api/webhook/create", createWebhook),
            .post("/api/webhooks/create", createWebhook),
        ]
    }

    /// One user when the query names one, who fits on a page of any size; else a page of all.
    @Sendable private func users(_ exchange: Exchange) async throws -> Response {
        let caller = try await authentication.user(exchange)
        var query = try exchange.queryPayload()
        guard query["userId"] != nil || query["email"] != nil else {
            return try await engine.answer(ListUsers.action, .object(query), exchange, caller)
        }
        exchange.notes.note(GetUser.action)
        let request = exchange.request(by: caller)
        let page = JSONObject(query.filter { ["cursor", "limit"].contains($0.key) }.map { ($0.key, $0.value) })
        if !page.isEmpty {
            try engine.check(ListUsers.action, .object(page), for: request)
            for name in page.keys { query[name] = nil }
        }
        let user = try await engine.run(GetUser.action, .object(query), for: request)
        return .json(["user": user])
    }

    @Sendable private func audit(_ exchange: Exchange) async throws -> Response {
        let caller = try await authentication.user(exchange)
        return try await engine.answer(ListAudit.action, .object(exchange.queryPayload()), exchange, caller)
    }

    @Sendable private func createWebhook(_ exchange: Exchange) async throws -> Response {
        let caller = try await authentication.user(exchange)
        return try await engine.answer(CreateWebhook.action, exchange.payload(), exchange, caller)
    }
}
