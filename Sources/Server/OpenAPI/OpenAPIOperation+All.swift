import Commands
import Engine

extension OpenAPIOperation {
    /// What the document says of every route, in its order.
    static let all = sessions + passwords + administration + webhooks + machines + pages

    private static let sessions = [
        Self(
            method: "post", path: "/api/auth/login", tag: .sessions, kind: .command(Login.action, .body),
            failures: [.invalidCredentials, .forbidden, .conflict, .rateLimited], setsCookie: true,
            alsoInQuery: ["limited"]),
        Self(
            method: "post", path: "/api/auth/refresh-token", tag: .sessions, security: .refreshToken,
            kind: .command(RefreshSession.action, .optionalBody),
            failures: [.invalidToken, .sessionRevoked, .conflict, .rateLimited], setsCookie: true),
        Self(
            method: "post", path: "/api/auth/logout", tag: .sessions, security: .refreshToken,
            kind: .command(Logout.action, .optionalBody), failures: [.conflict], setsCookie: true),
        Self(
            method: "get", path: "/api/auth/sessions", tag: .sessions, security: .accessToken,
            kind: .command(ListOwnSessions.action, .query)),
        Self(
            method: "delete", path: "/api/auth/sessions", tag: .sessions, security: .accessToken,
            kind: .command(RevokeOwnSessions.action, .optionalBody), failures: [.conflict]),
        Self(
            method: "delete", path: "/api/auth/sessions/{sessionId}", tag: .sessions, security: .accessToken,
            kind: .command(RevokeOwnSession.action, .path("sessionId")), failures: [.notFound, .conflict]),
    ]

    private static let passwords = [
        Self(
            method: "post", path: "/api/auth/reset-password", tag: .passwords,
            kind: .command(RequestPasswordReset.action, .body), failures: [.conflict, .rateLimited]),
        Self(
            method: "post", path: "/api/auth/create-password", tag: .passwords,
            kind: .command(CreatePassword.action, .body),
            failures: [.invalidToken, .passwordTooWeak, .conflict, .rateLimited]),
        Self(
            method: "post", path: "/api/auth/change-password", tag: .passwords, security: .accessToken,
            kind: .command(ChangePassword.action, .body),
            failures: [.invalidCredentials, .passwordTooWeak, .conflict, .rateLimited]),
    ]

    private static let administration =
        [
            Self(
                method: "get", path: "/api/users", tag: .administration, security: .accessToken,
                kind: .command(ListUsers.action, .query), failures: [.forbidden, .notFound, .conflict],
                single: GetUser.action),
            Self(
                method: "get", path: "/api/audit", tag: .administration, security: .accessToken,
                kind: .command(ListAudit.action, .query), failures: [.forbidden]),
        ]
        + spelled("/api/webhook/create", "/api/webhooks/create") { path, isAlias in
            Self(
                method: "post", path: path, tag: .administration, security: .accessToken,
                kind: .command(CreateWebhook.action, .body), failures: [.forbidden, .conflict], isAlias: isAlias)
        }

    private static let webhooks = spelled("/api/webhook", "/api/webhooks") { path, isAlias in
        Self(method: "post", path: path, tag: .webhook, security: .webhookToken, kind: .webhook, isAlias: isAlias)
    }

    private static let machines = [
        Self(
            method: "get", path: "/api/commands", tag: .webhook, security: .accessOrWebhookToken,
            kind: .machine(OpenAPICommandList.machine), failures: [.invalidInput]),
        machine("/.well-known/jwks.json", .keys),
        machine("/openapi.json", .description),
        machine("/healthz", .alive),
        machine("/readyz", .ready),
        machine("/metrics", .metrics, failures: [.forbidden]),
        machine("/assets/usher.css", .text("stylesheet", "The stylesheet of the pages", type: "text/css"), .pages),
        machine("/assets/usher.js", .text("script", "The script of the pages", type: "text/javascript"), .pages),
        machine(
            "/assets/common-passwords.txt",
            .text("commonPasswords", "Passwords that are too common, one a line", type: "text/plain"), .pages),
    ]

    private static func machine(
        _ path: String, _ machine: OpenAPIMachine, _ tag: Tag = .server, failures: Set<CommandFailure.Code> = []
    ) -> Self {
        Self(method: "get", path: path, tag: tag, kind: .machine(machine), failures: failures)
    }

    /// One operation under two paths, of which the second is the older spelling.
    private static func spelled(_ path: String, _ alias: String, _ make: (String, Bool) -> Self) -> [Self] {
        [make(path, false), make(alias, true)]
    }
}
