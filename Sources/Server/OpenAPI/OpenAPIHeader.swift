import JSON

/// The headers of answers, as the document describes them.
enum OpenAPIHeader {
    /// What every answer has.
    static let always: JSONObject = [
        "X-Request-Id": reference("X-Request-Id")
    ]

    /// Of a failure with that status.
    static func ofFailure(_ status: Int) -> JSONObject {
        switch status {
        case 401: ["WWW-Authenticate": reference("WWW-Authenticate")]
        case 405: ["Allow": reference("Allow")]
        case 415: ["Accept-Post": reference("Accept-Post")]
        case 429, 503: ["Retry-After": reference("Retry-After")]
        default: [:]
        }
    }

    static let cookie = reference("Set-Cookie")
    static let clearedCookie = reference("Set-Cookie-Cleared")
    static let cacheControl = reference("Cache-Control")
    static let location = reference("Location")

    static let components: JSONValue = [
        "X-Request-Id": header("Names this request, as the log and the audit do.", ["minLength": 1], "req-5f1c"),
        "WWW-Authenticate": header("What to send in `Authorization` (RFC 6750).", ["const": "Bearer"], "Bearer"),
        "Allow": header("The methods that this path takes.", ["minLength": 1], "GET, HEAD"),
        "Accept-Post": header("The types of bodies that this path takes.", ["minLength": 1], "application/json"),
        "Retry-After": [
            "description": "After how many seconds it makes sense to try again.", "required": true,
            "schema": ["type": "integer", "minimum": 1], "example": 30,
        ],
        "Set-Cookie": header(
            "The refresh token, for browsers: no script can read it.",
            ["pattern": "; HttpOnly; SameSite=Strict; Path=/"],
            "__Host-refreshToken=ush_rt_example; HttpOnly; SameSite=Strict; Path=/; Max-Age=15552000; Secure"),
        "Set-Cookie-Cleared": header(
            "Clears the cookie of the refresh token.", ["pattern": "Max-Age=0"],
            "__Host-refreshToken=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0; Secure"),
        "Cache-Control": header("How long the answer may be kept.", ["minLength": 1], "public, max-age=600"),
        "Location": header("Where to go on, with GET.", ["minLength": 1], "/account"),
    ]

    private static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/headers/\(name)")] }

    private static func header(_ about: String, _ rules: JSONObject, _ example: String) -> JSONValue {
        var schema: JSONObject = ["type": "string"]
        for (keyword, value) in rules { schema[keyword] = value }
        return [
            "description": .string(about), "required": true, "schema": .object(schema), "example": .string(example),
        ]
    }
}
