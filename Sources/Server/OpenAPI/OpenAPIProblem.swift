import Engine
import HTTPTypes
import JSON

/// Failures as the document describes them (RFC 9457).
enum OpenAPIProblem {
    /// The answer with one of these codes; `isOpen` if there may be others.
    static func response(_ status: Int, _ codes: [CommandFailure.Code], isOpen: Bool) -> JSONObject {
        var headers = OpenAPIHeader.always
        for (name, header) in OpenAPIHeader.ofFailure(status) { headers[name] = header }
        let phrase = HTTPResponse.Status(code: status).reasonPhrase
        var response: JSONObject = ["description": .string(phrase + "."), "headers": .object(headers)]
        guard !codes.isEmpty else {
            response["content"] = [:]
            return response
        }
        var rules: JSONObject = ["status": ["const": .number(JSONNumber(Int64(status)))]]
        if !isOpen { rules["code"] = ["enum": .array(codes.map { .string($0.rawValue) })] }
        response["description"] = .string(
            "\(phrase): " + codes.map { "`\($0.rawValue)`" }.joined(separator: " or ")
                + (isOpen ? ", or a command's own." : "."))
        response["content"] = [
            Problem.contentType: [
                "schema": [
                    "allOf": [OpenAPIComponents.reference("Problem"), ["properties": .object(rules)]]
                ],
                "examples": .object(
                    JSONObject(codes.map { ($0.rawValue, ["value": example($0)]) })),
            ]
        ]
        return response
    }

    /// A failure as the server writes it.
    static func example(_ code: CommandFailure.Code) -> JSONValue {
        let failure =
            examples[code]
            ?? CommandFailure(code, "The request was refused.")
        return Problem(failure: failure, requestID: "req-5f1c").json
    }

    /// A failure of each kind, made as the server makes it.
    private static let examples: [CommandFailure.Code: CommandFailure] = Dictionary(
        [
            CommandFailure(.invalidJSON, "The body is not JSON: `}` or `,` is missing, at line 1, column 9."),
            .malformed("`Content-Length` is one whole number, sent once."),
            CommandFailure(
                .invalidCredentials, "The address or the password is wrong, or the user cannot log in."),
            .invalidToken("This route takes an access token. Send it as `Authorization: Bearer <access token>`."),
            CommandFailure(.sessionRevoked, "This session has ended. Log in again."),
            .forbidden("Only a user with the role ADMIN can do this."),
            CommandFailure(.actionNotFound, "There is no action `create-users`. Did you mean `create-user`?"),
            .notFound("user 12"),
            CommandFailure(.methodNotAllowed, "This route takes GET, HEAD, not PUT."),
            .requestTimeout("body", EdgeLimits.standard.bodyTime),
            .conflict(
                "There is a user 12 with the address anna@example.com. Send `\"ifExists\": \"use\"` to give that user the "
                    + "licence.", members: ["userId": 12]),
            .payloadTooLarge(.standard), .uriTooLong(.standard), .headersTooLarge(.standard),
            CommandFailure(
                .unsupportedMediaType, "This route does not take that type. Send `Content-Type: \(MediaTypes.json)`."),
            CommandFailure(
                .misdirectedRequest, "This server does not answer for that `Host`. Call it by its public URL."),
            .invalidInput("/seats", keyword: "minimum", "`seats` must be at least 1."),
            CommandFailure(
                .passwordTooWeak, "The password needs at least 8 characters.",
                fields: [
                    .init(
                        pointer: "/password", keyword: "minLength", message: "The password needs at least 8 characters."
                    )
                ]),
            CommandFailure(
                .rateLimited, "Too many logins from this network. Try again in 30 seconds.",
                retryAfter: .seconds(30)),
            .internal(Unforeseen()),
            .unavailable("The database cannot serve this now. Nothing was changed; try again."),
        ].map { ($0.code, $0) }
    ) { first, _ in first }

    private struct Unforeseen: Error {}

    static let schema: JSONValue = [
        "type": "object",
        "title": "Problem",
        "description": "A failure (RFC 9457).",
        "required": ["type", "title", "status", "code", "detail", "requestId", "error"],
        "properties": [
            "type": ["const": "about:blank"],
            "title": ["type": "string", "description": "What the status means."],
            "status": ["type": "integer", "minimum": 400, "maximum": 599],
            "code": [
                "type": "string",
                "description": "Stable. Codes may be added.",
                "examples": .array(ProblemStatus.codes.map { .string($0.rawValue) }),
            ],
            "detail": ["type": "string", "description": "A sentence that says what would be right."],
            "outcome": [
                "const": "unknown",
                "description": "Only where the disk failed at the commit: nobody knows whether this was done.",
            ],
            "userId": [
                "type": "integer", "minimum": 1, "description": "Of a `CONFLICT`: the user who is there already.",
            ],
            "problems": [
                "type": "array", "items": ["type": "string"],
                "description": "Only at `/readyz`: all that keeps the server from serving.",
            ],
            "requestId": ["type": "string", "description": "As in `X-Request-Id`."],
            "errors": [
                "type": "array",
                "description": "All mistakes in the input, each at its place.",
                "items": [
                    "type": "object",
                    "required": ["pointer", "keyword", "message"],
                    "properties": [
                        "pointer": ["type": "string", "description": "A JSON Pointer (RFC 6901) into what was sent."],
                        "keyword": ["type": "string", "description": "The rule that is broken."],
                        "message": ["type": "string"],
                    ],
                ],
            ],
            "error": ["type": "string", "description": "`detail` again, for older clients."],
        ],
    ]
}
