import Commands
import Engine
import Hummingbird

/// Asking for a mail to set a new password, and setting it with that mail's token.
struct PasswordRoutes: Sendable {
    let engine: CommandEngine

    var routes: [Route] {
        [
            .post("/api/auth/reset-password") { exchange in
                try await engine.answer(RequestPasswordReset.action, exchange.payload(), exchange)
            }.forOtherOrigins,
            .post("/api/auth/create-password") { exchange in
                try await engine.answer(CreatePassword.action, exchange.payload(), exchange)
            }.forOtherOrigins,
        ]
    }
}
