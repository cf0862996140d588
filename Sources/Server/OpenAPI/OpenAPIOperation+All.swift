import Commands
import JSON

extension OpenAPIOperation {
    /// The routes that run a command.
    static let all = [
        Self(
            method: "post", path: "/api/auth/login", action: Login.action, tag: .sessions, security: .anyone,
            input: .body),
        Self(
            method: "post", path: "/api/auth/refresh-token", action: RefreshSession.action, tag: .sessions,
            security: .refreshToken, input: .optionalBody),
        Self(
            method: "post", path: "/api/auth/logout", action: Logout.action, tag: .sessions, security: .refreshToken,
            input: .optionalBody),
        Self(
            method: "get", path: "/api/auth/sessions", action: ListOwnSessions.action, tag: .sessions,
            security: .accessToken, input: .query),
        Self(
            method: "delete", path: "/api/auth/sessions", action: RevokeOwnSessions.action, tag: .sessions,
            security: .accessToken, input: .none),
        Self(
            method: "delete", path: "/api/auth/sessions/{sessionId}", action: RevokeOwnSession.action, tag: .sessions,
            security: .accessToken, input: .path("sessionId")),
        Self(
            method: "post", path: "/api/auth/reset-password", action: RequestPasswordReset.action, tag: .passwords,
            security: .anyone, input: .body),
        Self(
            method: "post", path: "/api/auth/create-password", action: CreatePassword.action, tag: .passwords,
            security: .anyone, input: .body),
        Self(
            method: "post", path: "/api/auth/change-password", action: ChangePassword.action, tag: .passwords,
            security: .accessToken, input: .body),
        Self(
            method: "get", path: "/api/users", action: ListUsers.action, tag: .administration, security: .accessToken,
            input: .query),
        Self(
            method: "get", path: "/api/audit", action: ListAudit.action, tag: .administration, security: .accessToken,
            input: .query),
        Self(
            method: "post", path: "/api/webhook/create", action: CreateWebhook.action, tag: .administration,
            security: .accessToken, input: .body),
    ]

    /// Routes that run no command.
    static let withoutCommand: [(path: String, item: JSONObject)] = [
        ("/api/commands", OpenAPICommandList.item),
        ("/.well-known/jwks.json", plain("jwks", "The public keys of access tokens (RFC 7517)")),
        ("/healthz", plain("healthz", "Whether the server is alive")),
        ("/readyz", plain("readyz", "Whether the server can serve")),
    ]

    private static func plain(_ name: String, _ summary: String) -> JSONObject {
        [
            "operationId": .string(name), "tags": ["server"], "summary": .string(summary), "security": [],
            "responses": responses(["type": "object"], example: nil),
        ]
    }
}
