import Commands
import Engine

/// Asking for a mail to set a new password, setting it with that mail's token, and changing it with the old one.
struct PasswordRoutes: Sendable {
    let engine: CommandEngine
    let authentication: RouteAuthentication

    var routes: [Route] {
        [
            .post("/api/auth/reset-password") { exchange in
                try await engine.answer(RequestPasswordReset.action, exchange.payload(), exchange)
            }.forOtherOrigins,
            .post("/api/auth/change-password") { exchange in
                let caller = try await authentication.user(exchange)
                return try await engine.answer(ChangePassword.action, exchange.payload(), exchange, caller)
            }.forOtherOrigins,
            .post("/api/auth/create-password") { exchange in
                try await engine.answer(CreatePassword.action, exchange.payload(), exchange)
            }.forOtherOrigins,
        ]
    }
}
