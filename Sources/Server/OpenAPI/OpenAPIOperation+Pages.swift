import Commands
import Engine

extension OpenAPIOperation {
    /// The pages and their forms.
    static let pages = [
        page("get", "/", OpenAPIPage(id: "home", summary: "Where people begin")),
        page("get", "/reset-password", OpenAPIPage(id: "resetPasswordPage", summary: "The form that asks for a mail")),
        page(
            "post", "/reset-password",
            OpenAPIPage(
                id: "resetPasswordForm", summary: "Ask for a mail to set a new password",
                form: [
                    .formToken, .email,
                    .init(name: "again", about: "Whether the mail is asked for once more.", isRequired: false),
                ], command: RequestPasswordReset.action),
            failures: [.forbidden, .conflict, .rateLimited]),
        page(
            "get", "/create-password",
            OpenAPIPage(
                id: "createPasswordPage", summary: "The page that a mail's link opens",
                description: "Opening it spends nothing.",
                query: [.init(name: "token", about: "The token of the link.", example: "ush_pw_example")],
                leadsTo: "The link does not work: to `/401`, which says why.")),
        page(
            "post", "/create-password",
            OpenAPIPage(
                id: "createPasswordForm", summary: "Set a password with the token of a mail's link",
                form: [
                    .formToken, .init(name: "token", about: "The token of the link.", example: "ush_pw_example"),
                    .password, .confirm,
                ], command: CreatePassword.action, leadsTo: "The link does not work: to `/401`, which says why."),
            failures: [.forbidden, .passwordTooWeak, .conflict, .rateLimited]),
        page(
            "get", "/401",
            OpenAPIPage(
                id: "refusedPage", summary: "Why a link does not work, and the form for a new mail",
                query: [.init(name: "reason", about: "`spent`, `expired` or `unknown`.", example: "expired")])),
        page(
            "get", "/account",
            OpenAPIPage(
                id: "accountPage", summary: "One's own licences and sessions, or the form to log in",
                query: [.init(name: "done", about: "What has just happened, in one word.", example: "ended")]),
            security: .accountCookie),
        page(
            "get", "/account/login",
            OpenAPIPage(id: "accountLoginPage", summary: "Leads to the form", leadsTo: toAccount, isShown: false)),
        page(
            "post", "/account/login",
            OpenAPIPage(
                id: "accountLoginForm", summary: "Log in on the page, without a seat",
                form: [
                    .formToken, .email, .password,
                    .init(
                        name: "next", about: "Where the login leads.", isRequired: false,
                        words: ["overview", "password"]),
                ], command: Login.action, leadsTo: "Logged in: to the page."),
            failures: [.forbidden, .conflict, .rateLimited]),
        page(
            "get", "/account/password",
            OpenAPIPage(id: "accountPasswordPage", summary: "The form to change one's password, or to log in"),
            security: .accountCookie),
        page(
            "post", "/account/password",
            OpenAPIPage(
                id: "accountPasswordForm", summary: "Change one's own password",
                form: [
                    .formToken,
                    .init(name: "oldPassword", about: "The password until now.", example: "copper-meadow-17"),
                    .password, .confirm,
                ], command: ChangePassword.action, leadsTo: toAccount),
            security: .accountCookie, failures: [.forbidden, .passwordTooWeak, .conflict, .rateLimited]),
        page(
            "get", "/account/end-session",
            OpenAPIPage(id: "endSessionPage", summary: "Leads to the page", leadsTo: toAccount, isShown: false)),
        page(
            "post", "/account/end-session",
            OpenAPIPage(
                id: "endSessionForm", summary: "Log oneself out of a device",
                form: [.formToken, .init(name: "sessionId", about: "The session.", example: "57")],
                command: RevokeOwnSession.action,
                leadsTo: toAccount, isShown: false),
            security: .accountCookie, failures: [.forbidden, .conflict]),
        page(
            "get", "/account/end-all-sessions",
            OpenAPIPage(id: "endAllSessionsPage", summary: "Leads to the page", leadsTo: toAccount, isShown: false)),
        page(
            "post", "/account/end-all-sessions",
            OpenAPIPage(
                id: "endAllSessionsForm", summary: "Log oneself out everywhere", form: [.formToken],
                command: RevokeOwnSessions.action,
                leadsTo: toAccount, isShown: false),
            security: .accountCookie, failures: [.forbidden, .conflict]),
        page(
            "get", "/.well-known/change-password",
            OpenAPIPage(
                id: "wellKnownChangePassword",
                summary: "Where password managers look for the form to change a password",
                leadsTo: "To `/account/password`.", isShown: false)),
    ]

    private static let toAccount = "To `/account`."

    private static func page(
        _ method: String, _ path: String, _ page: OpenAPIPage, security: OpenAPISecurity = .anyone,
        failures: Set<CommandFailure.Code> = []
    ) -> Self {
        Self(method: method, path: path, tag: .pages, security: security, kind: .page(page), failures: failures)
    }
}
