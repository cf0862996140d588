import Commands
import Engine
import JSON

/// What a caller can have done here, for programs that find out by themselves.
struct CommandRoutes: Sendable {
    let engine: CommandEngine
    let authentication: RouteAuthentication

    var routes: [Route] { [.get("/api/commands", list)] }

    /// All on one page: there are not many.
    @Sendable private func list(_ exchange: Exchange) async throws -> Response {
        let caller = try await authentication.userOrWebhook(exchange)
        let items = engine.registry.descriptors(usableBy: caller).map(\.json)
        return .json(["items": .array(items), "nextCursor": .null])
    }
}

extension Descriptor {
    /// The first members are those of a tool of the Model Context Protocol, the rest those of `commands.json`.
    var json: JSONValue {
        [
            "name": .string(action.rawValue), "title": .string(summary), "description": .string(description),
            "inputSchema": tightenedInput, "outputSchema": output,
            "annotations": [
                "readOnlyHint": .bool(effects.isReadOnly), "destructiveHint": .bool(effects.isDestructive),
                "idempotentHint": .bool(effects.isIdempotent),
            ],
            "aliases": .array(names.dropFirst().map(\.json)),
            "examples": .array(examples.map { ["input": $0.input, "output": $0.output ?? .null] }),
            "expose": .array(Channel.allCases.filter(channels.contains).map { .string($0.rawValue) }),
            "mails": .array(effects.mails.map { .string($0) }),
            "rateLimits": .array(rateLimits.map { .string($0) }), "since": .optional(since),
            "deprecated": deprecation?.json ?? .null,
        ]
    }
}

extension Deprecation {
    fileprivate var json: JSONValue {
        ["date": .string(date), "reason": .string(reason), "instead": .optional(replacement?.rawValue)]
    }
}

extension Action {
    fileprivate var json: JSONValue { .string(rawValue) }
}
