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

    /// One user when the query names one, else a page of all.
    @Sendable private func users(_ exchange: Exchange) async throws -> Response {
        let caller = try await authentication.user(exchange)
        let query = try exchange.queryPayload()
        guard query["userId"] != nil || query["email"] != nil else {
            return try await engine.answer(ListUsers.action, .object(query), exchange, caller)
        }
        exchange.notes.note(GetUser.action)
        let user = try await engine.run(GetUser.action, .object(query), for: exchange.request(by: caller))
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
