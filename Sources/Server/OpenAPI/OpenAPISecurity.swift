import Engine
import JSON

/// How a caller shows who they are.
enum OpenAPISecurity {
    case anyone, accessToken, refreshToken, webhookToken, accessOrWebhookToken, accountCookie

    /// What an operation requires; any one of the entries will do.
    var requirement: JSONValue {
        switch self {
        case .anyone: []
        case .accessToken: [["accessToken": []]]
        // In the body or in the cookie; logging out works without either.
        case .refreshToken: [["refreshCookie": []], [:]]
        case .webhookToken: [["webhookToken": []], ["webhookTokenInQuery": []]]
        case .accessOrWebhookToken: [["accessToken": []], ["webhookToken": []], ["webhookTokenInQuery": []]]
        // Without it the page asks to log in.
        case .accountCookie: [["refreshCookie": []], ["accountCookie": []], [:]]
        }
    }

    /// What an operation answers to those who cannot show it.
    var failures: Set<CommandFailure.Code> {
        switch self {
        case .anyone, .accountCookie: []
        case .accessToken: [.invalidToken, .sessionRevoked]
        case .refreshToken: [.forbidden]
        case .webhookToken: [.invalidToken, .forbidden, .rateLimited]
        case .accessOrWebhookToken: [.invalidToken, .sessionRevoked, .rateLimited]
        }
    }

    static func schemes(isHTTPS: Bool) -> JSONValue {
        [
            "accessToken": [
                "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                "description": "The access token of a login, good for ten minutes.",
            ],
            "refreshCookie": cookie(
                .application(isHTTPS: isHTTPS), "The refresh token; programs may send it in the body."),
            "accountCookie": cookie(
                .accountPage(isHTTPS: isHTTPS), "The login of the page on which people look after their account."),
            "webhookToken": ["type": "http", "scheme": "bearer", "description": "A webhook token."],
            "webhookTokenInQuery": [
                "type": "apiKey", "in": "query", "name": "token",
                "description": "The same, for shops that can only call a URL.",
            ],
        ]
    }

    private static func cookie(_ cookie: RefreshCookie, _ about: String) -> JSONValue {
        ["type": "apiKey", "in": "cookie", "name": .string(cookie.name), "description": .string(about)]
    }
}
