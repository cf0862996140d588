import JSON

/// How a caller shows who they are.
enum OpenAPISecurity: String {
    case anyone, accessToken, refreshToken, webhookToken

    /// What an operation requires; any one of the entries will do.
    var requirement: JSONValue {
        switch self {
        case .anyone: []
        case .accessToken: [["accessToken": []]]
        case .refreshToken: [["refreshCookie": []], [:]]
        case .webhookToken: [["webhookToken": []], ["webhookTokenInQuery": []]]
        }
    }

    static let schemes: JSONValue = [
        "accessToken": [
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "The access token of a login, good for ten minutes.",
        ],
        "refreshCookie": [
            "type": "apiKey", "in": "cookie", "name": "__Host-refreshToken",
            "description": "The refresh token; programs may send it in the body.",
        ],
        "webhookToken": ["type": "http", "scheme": "bearer", "description": "A webhook token."],
        "webhookTokenInQuery": [
            "type": "apiKey", "in": "query", "name": "token",
            "description": "The same, for shops that can only call a URL.",
        ],
    ]
}
