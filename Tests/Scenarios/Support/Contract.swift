import JSON
import JSONSchema
import Synchronization
import Testing

/// What a server's `/openapi.json` says, beside what it does: every answer that a scenario gets has to be in there, and
/// every JSON body that was taken.
final class Contract: Sendable {
    /// The description by a server with shipped commands, read and compiled once.
    private static let shipped = Task {
        let lab = try Lab.another(settings: [:])
        try await lab.serve()
        let contract = try await Contract(of: lab)
        try await lab.stop()
        return contract
    }

    /// A document has keywords of OpenAPI's own.
    private static let options = SchemaOptions(formats: .asserted, refusesUnknown: false, maximumSteps: 1_000_000)

    let document: JSONValue
    private let schemas = Mutex<[JSONValue: Result<Schema, SchemaCompilationError>]>([:])

    /// What that server says now.
    init(of lab: Lab) async throws {
        document = try await HTTPClient(base: lab.http.base).get("/openapi.json").json()
    }

    /// Records an issue for everything in an exchange that the description does not say.
    static func check(_ request: HTTPRequest, path: String, _ response: HTTPResponse) async throws {
        for mistake in try await shipped.value.mistakes(in: request, path: path, response) {
            Issue.record("OpenAPI does not say it: \(request.method) \(path), \(response.status): \(mistake)")
        }
    }

    func mistakes(in request: HTTPRequest, path: String, _ response: HTTPResponse) throws -> [String] {
        let path = String(path.prefix { $0 != "?" })
        let method = request.method == "HEAD" ? "get" : request.method.lowercased()
        // Of what is nowhere in the description nothing can be said.
        guard let operation = item(for: path)?[method] else { return [] }
        guard let answer = operation.at("responses", String(response.status)).map(resolved) else {
            return ["no such status: \(response.text.prefix(300))"]
        }
        var mistakes = headerMistakes(answer, response)
        if request.method != "HEAD" { mistakes += try bodyMistakes(answer, response) }
        if (200..<300).contains(response.status) { mistakes += try inputMistakes(operation, request) }
        return mistakes
    }

    private func headerMistakes(_ answer: JSONValue, _ response: HTTPResponse) -> [String] {
        (answer["headers"]?.objectValue ?? [:]).compactMap { name, header in
            let header = resolved(header)
            guard let text = response.header(name.lowercased()) else {
                return header["required"] == true ? "no \(name)" : nil
            }
            let isNumber = header.at("schema", "type") == "integer"
            let value = isNumber ? Int64(text).map { .number(JSONNumber($0)) } ?? JSONValue.string(text) : .string(text)
            return header["schema"].flatMap { try? schema($0).validate(value).first }.map { "\(name): \($0.message)" }
        }
    }

    private func bodyMistakes(_ answer: JSONValue, _ response: HTTPResponse) throws -> [String] {
        let types = answer["content"]?.objectValue ?? [:]
        guard let given = response.header("content-type").map(Self.mediaType) else {
            return response.body.isEmpty && types.isEmpty ? [] : ["no Content-Type"]
        }
        guard let content = types.first(where: { Self.mediaType($0.key) == given })?.value else {
            return ["no such type: \(given)"]
        }
        guard given.hasSuffix("json"), let schema = content["schema"] else { return [] }
        return try self.schema(schema).validate(response.json()).map { "\($0.pointer) \($0.message)" }
    }

    /// What the description forbids in a body that was taken.
    private func inputMistakes(_ operation: JSONValue, _ request: HTTPRequest) throws -> [String] {
        let type = request.headers["Content-Type"].map(Self.mediaType) ?? "application/json"
        guard type == "application/json", let bytes = request.body, !bytes.isEmpty,
            let schema = operation.at("requestBody", "content", type, "schema")
        else { return [] }
        return try mistakes(in: JSONValue(parsing: bytes), schema)
    }

    /// What a schema of the document forbids in a body.
    func mistakes(in body: JSONValue, _ schema: JSONValue) throws -> [String] {
        var schema = schema
        if let command = body["action"]?.stringValue, let mapping = schema.at("discriminator", "mapping") {
            guard let reference = mapping[command] else { return ["no such action: \(command)"] }
            schema = ["$ref": reference]
        }
        return try self.schema(schema).validate(body).map { "sent: \($0.pointer) \($0.message)" }
    }

    /// The methods of a path, which may have parameters.
    private func item(for path: String) -> JSONValue? {
        let paths = document["paths"]
        if let item = paths?[path] { return item }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        return (paths?.objectValue ?? [:]).first { template, _ in
            let parts = template.split(separator: "/", omittingEmptySubsequences: false)
            return parts.count == segments.count && zip(parts, segments).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }?.value
    }

    private func resolved(_ part: JSONValue) -> JSONValue {
        guard let reference = part["$ref"]?.stringValue,
            let pointer = JSONPointer(parsing: String(reference.dropFirst()))
        else { return part }
        return document.value(at: pointer) ?? part
    }

    private static func mediaType(_ text: String) -> String { trimmed(text.prefix { $0 != ";" }).lowercased() }

    /// A schema of the document, by itself: with those components that it needs.
    private func schema(_ schema: JSONValue) throws -> Schema {
        try schemas.withLock { known in
            if let schema = known[schema] { return try schema.get() }
            let compiled = Result { () throws(SchemaCompilationError) in
                try Schema(alone(schema), options: Self.options)
            }
            known[schema] = compiled
            return try compiled.get()
        }
    }

    private func alone(_ schema: JSONValue) -> JSONValue {
        var definitions = JSONObject()
        guard var alone = moved(schema, &definitions).objectValue else { return schema }
        alone["$defs"] = .object(definitions)
        return .object(alone)
    }

    /// The schema with references to definitions of its own, which are collected.
    private func moved(_ schema: JSONValue, _ definitions: inout JSONObject) -> JSONValue {
        let prefix = "#/components/schemas/"
        switch schema {
        case .array(let items): return .array(items.map { moved($0, &definitions) })
        case .object(var members):
            for (key, value) in members {
                guard key == "$ref", let text = value.stringValue, text.hasPrefix(prefix) else {
                    members[key] = moved(value, &definitions)
                    continue
                }
                members[key] = .string("#/$defs/" + text.dropFirst(prefix.count))
                let name = String(text.dropFirst(prefix.count).prefix { $0 != "/" })
                guard definitions[name] == nil, let component = document.at("components", "schemas", name) else {
                    continue
                }
                definitions[name] = true
                definitions[name] = moved(component, &definitions)
            }
            return .object(members)
        default: return schema
        }
    }
}
