import JSON

/// `GET /api/commands`, which no command answers.
enum OpenAPICommandList {
    static let machine = OpenAPIMachine.object(
        "listCommands", "List the commands that the token can call", schema, example: example,
        description: "With their schemas, as the operator's overlay leaves them. All come on one page.")

    static let schema: JSONValue = [
        "type": "object", "required": ["items", "nextCursor"],
        "properties": ["items": ["type": "array", "items": command], "nextCursor": ["type": "null"]],
    ]

    private static let command: JSONValue = [
        "type": "object",
        "required": [
            "name", "title", "description", "inputSchema", "outputSchema", "annotations", "aliases", "examples",
            "expose", "mails", "rateLimits", "since", "deprecated",
        ],
        "properties": [
            "name": ["type": "string", "description": "The action."],
            "title": ["type": "string"], "description": ["type": "string"],
            "inputSchema": ["type": "object", "description": "A JSON Schema (draft 2020-12)."],
            "outputSchema": ["type": "object", "description": "A JSON Schema (draft 2020-12)."],
            "annotations": [
                "type": "object", "required": ["readOnlyHint", "destructiveHint", "idempotentHint"],
                "properties": [
                    "readOnlyHint": ["type": "boolean"], "destructiveHint": ["type": "boolean"],
                    "idempotentHint": ["type": "boolean"],
                ],
            ],
            "aliases": names, "mails": names, "rateLimits": names,
            "examples": ["type": "array", "items": ["type": "object", "required": ["input", "output"]]],
            "expose": ["type": "array", "items": ["enum": ["http", "webhook", "cli"]]],
            "since": ["type": ["string", "null"]],
            "deprecated": ["type": ["object", "null"], "required": ["date", "reason", "instead"]],
        ],
    ]

    private static let names: JSONValue = ["type": "array", "items": ["type": "string"]]

    static let example: JSONValue = [
        "items": [
            [
                "name": "say-hello", "title": "Greet somebody", "description": "Answers with a greeting.",
                "inputSchema": [
                    "type": "object", "required": ["name"], "properties": ["name": ["type": "string"]],
                    "additionalProperties": false,
                ],
                "outputSchema": ["type": "string"],
                "annotations": ["readOnlyHint": true, "destructiveHint": false, "idempotentHint": true],
                "aliases": ["sayHello"], "examples": [["input": ["name": "Ada"], "output": "Hello, Ada!"]],
                "expose": ["webhook", "cli"], "mails": [], "rateLimits": [], "since": "1.0.0", "deprecated": .null,
            ]
        ],
        "nextCursor": .null,
    ]
}
