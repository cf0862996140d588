import Engine
import JSON
import Prometheus

/// What a machine reads without a body or parameters: keys, health, metrics, files.
struct OpenAPIMachine {
    let parts: OpenAPIParts

    /// An object in JSON.
    static func object(
        _ id: String, _ summary: String, _ schema: JSONValue, example: JSONValue, headers: JSONObject = [:],
        description: String? = nil
    ) -> Self {
        Self(
            parts: OpenAPIParts(
                id: id, summary: summary, description: description,
                answers: [OpenAPIAnswer(schema: schema, examples: [("example-1", example)], headers: headers)]))
    }

    /// A text of another type, such as a stylesheet.
    static func text(_ id: String, _ summary: String, type: String, example: String? = nil) -> Self {
        let examples = example.map { [(name: "example-1", value: JSONValue.string($0))] } ?? []
        return Self(
            parts: OpenAPIParts(
                id: id, summary: summary,
                answers: [
                    OpenAPIAnswer(
                        type: type, schema: ["type": "string"], examples: examples,
                        headers: ["Cache-Control": OpenAPIHeader.cacheControl])
                ]))
    }

    static let keys = object(
        "jwks", "The public keys of access tokens (RFC 7517)",
        [
            "type": "object", "required": ["keys"],
            "properties": [
                "keys": [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["kty", "crv", "x", "y", "kid", "use", "alg"],
                        "properties": [
                            "kty": ["const": "EC"], "crv": ["const": "P-256"], "use": ["const": "sig"],
                            "alg": ["const": "ES256"], "kid": ["type": "string", "minLength": 1],
                            "x": ["type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"],
                            "y": ["type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"],
                        ],
                        // The private part never leaves the server.
                        "not": ["required": ["d"]],
                    ],
                ]
            ],
        ],
        example: [
            "keys": [
                [
                    "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "example",
                    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
                ]
            ]
        ], headers: ["Cache-Control": OpenAPIHeader.cacheControl])

    static let description = object(
        "openapi", "This document",
        [
            "type": "object", "required": ["openapi", "info", "paths"],
            "properties": ["openapi": ["const": .string(OpenAPIDocument.version)]],
        ],
        example: [
            "openapi": .string(OpenAPIDocument.version), "info": ["title": "Usher", "version": "1"], "paths": [:],
        ],
        headers: ["Cache-Control": OpenAPIHeader.cacheControl])

    static let alive = object(
        "healthz", "Whether the server is alive",
        ["type": "object", "required": ["status"], "properties": ["status": ["const": "ok"]]],
        example: ["status": "ok"])

    static let ready = object(
        "readyz", "Whether the server can serve",
        [
            "type": "object", "required": ["status", "mail"],
            "properties": [
                "status": ["const": "ok"],
                "mail": [
                    "type": ["object", "null"],
                    "description": "How the mail is doing; `null` when that cannot be told.",
                    "required": ["state", "waiting", "oldest", "reason", "nextTryAt"],
                    "properties": [
                        "state": ["enum": ["ok", "paused"]], "waiting": ["type": "integer", "minimum": 0],
                        "oldest": ["type": ["string", "null"], "format": "date-time"],
                        "reason": ["type": ["string", "null"]],
                        "nextTryAt": ["type": ["string", "null"], "format": "date-time"],
                    ],
                ],
            ],
        ],
        example: [
            "status": "ok",
            "mail": ["state": "ok", "waiting": 0, "oldest": nil, "reason": nil, "nextTryAt": nil],
        ], description: "503 with `problems` while something keeps it from serving, and before a planned stop.")

    static let metrics = text(
        "metrics", "Figures for Prometheus; for this machine and the networks in USHER_METRICS_FROM",
        type: TextFormat.mediaType, example: "usher_http_requests_in_flight 1\n")
}
