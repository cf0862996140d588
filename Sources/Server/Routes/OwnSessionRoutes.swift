import Commands
import Engine
import JSON

/// What a user sees and ends of their own sessions.
struct OwnSessionRoutes: Sendable {
    let engine: CommandEngine
    let authentication: RouteAuthentication

    var routes: [Route] {
        [
            .get("/api/auth/sessions", list).delete(revokeAll).forOtherOrigins,
            .delete("/api/auth/sessions/{sessionId}", revoke).forOtherOrigins,
        ]
    }

    @Sendable private func list(_ exchange: Exchange) async throws -> Response {
        let caller = try await authentication.user(exchange)
        return try await engine.answer(ListOwnSessions.action, .object(exchange.queryPayload()), exchange, caller)
    }

    @Sendable private func revokeAll(_ exchange: Exchange) async throws -> Response {
        let caller = try await authentication.user(exchange)
        return try await engine.answer(RevokeOwnSessions.action, exchange.payloadOrNothing(), exchange, caller)
    }

    @Sendable private func revoke(_ exchange: Exchange) async throws -> Response {
        let caller = try await authentication.user(exchange)
        let payload: JSONValue = ["sessionId": .string(exchange.parameters[0])]
        return try await engine.answer(RevokeOwnSession.action, payload, exchange, caller)
    }
}

extension CommandEngine {
    /// Runs a command for a route; its output is the answer.
    func answer(_ action: Action, _ payload: JSONValue, _ exchange: Exchange, _ caller: Caller = .anonymous)
        async throws(CommandFailure) -> Response
    {
        exchange.notes.note(action)
        return .json(try await run(action, payload, for: exchange.request(by: caller)))
    }
}
