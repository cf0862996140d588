/// Calls one server; every request has a thread and a connection of its own.
struct HTTPClient: Sendable {
    /// Scheme, host and port, without a slash at the end.
    let base: String
    var way: NetworkWay?
    /// Whether the server is one with the shipped commands, so that what it does has to be as ``Contract`` says.
    var isDescribed = false

    func send(
        _ method: String, _ path: String, _ body: Body? = nil, headers: [String: String] = [:]
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(method: method, url: base + path, headers: headers, body: body?.bytes, way: way)
        if let type = body?.type, headers["Content-Type"] == nil { request.headers["Content-Type"] = type }
        let final = request
        let response = try await onOwnThread { try CurlTransfer.run(final) }
        if isDescribed { try await Contract.check(final, path: path, response) }
        return response
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> HTTPResponse {
        try await send("GET", path, headers: headers)
    }

    func post(_ path: String, _ body: Body? = nil, headers: [String: String] = [:]) async throws -> HTTPResponse {
        try await send("POST", path, body, headers: headers)
    }
}
