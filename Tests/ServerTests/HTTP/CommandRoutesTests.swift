import JSON
import JSONSchema
import Testing

@testable import Server

/// `GET /api/commands`, and what is said of commands that will go one day.
struct CommandRoutesTests {
    private func names(_ server: HTTPUnderTest, _ token: String?, _ target: String = "/api/commands") async throws
        -> [String]
    {
        let answer = try await server.send("GET", target, token.map { ["Authorization": "Bearer \($0)"] } ?? [:])
        #expect(answer.status == 200 && answer.json["nextCursor"] == .null)
        return (answer.json["items"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    }

    @Test func eachTokenSeesItsOwn() async throws {
        let server = try await HTTPUnderTest()
        let webhook = ["list-users", "get-user", "prune-sessions", "crash", "old-echo"]
        #expect(try await names(server, HTTPUnderTest.webhookToken) == webhook)
        #expect(try await names(server, nil, "/api/commands?token=\(HTTPUnderTest.webhookToken)") == webhook)
        // An administrator's.
        #expect(try await names(server, HTTPUnderTest.accessToken).count == 9)
    }

    @Test(arguments: [
        (nil, "takes an access token or a webhook token"), ("Bearer ush_wh_other", "No."), ("Bearer other", "No."),
    ])
    func withoutAGoodTokenThereIsNothing(header: String?, detail: String) async throws {
        let server = try await HTTPUnderTest()
        let answer = try await server.send("GET", "/api/commands", header.map { ["Authorization": $0] } ?? [:])
        #expect(answer.status == 401 && answer.code == "INVALID_TOKEN")
        #expect(answer.detail.contains(detail), "\(answer.detail)")
    }

    @Test func anItemIsAToolAndMore() async throws {
        let server = try await HTTPUnderTest()
        let answer = try await server.send(
            "GET", "/api/commands", ["Authorization": "Bearer \(HTTPUnderTest.webhookToken)"])
        let item = answer.json["items"]?.arrayValue?.last
        #expect(item?["name"] == "old-echo" && item?["title"] == "Echoes" && item?["aliases"] == ["oldEcho"])
        #expect(item?["annotations"] == ["readOnlyHint": true, "destructiveHint": false, "idempotentHint": true])
        #expect(item?["expose"] == ["webhook"] && item?["examples"] == [["input": [:], "output": [:]]])
        #expect(item?["mails"] == [] && item?["rateLimits"] == [] && item?["since"] == .null)
        #expect(
            item?["deprecated"] == ["date": "2027-01-31", "reason": "It is old.", "instead": "prune-sessions"])
        let schema = try Schema(try #require(item?["inputSchema"]))
        #expect(schema.accepts(["email": "a"]) && !schema.accepts(["email": 1]))
    }

    /// The document says the same of it as the answer is.
    @Test func theAnswerIsAsOpenAPISays() async throws {
        let server = try await HTTPUnderTest()
        let document = try await server.send("GET", "/openapi.json").json
        let pointer = JSONPointer([
            "paths", "/api/commands", "get", "responses", "200", "content", "application/json", "schema",
        ])
        let schema = try Schema(try #require(document.value(at: pointer)))
        let answer = try await server.send(
            "GET", "/api/commands", ["Authorization": "Bearer \(HTTPUnderTest.webhookToken)"])
        #expect(schema.validate(answer.json) == [])
        #expect(schema.validate(OpenAPICommandList.example) == [])
    }

    @Test(arguments: ["old-echo", "oldEcho"])
    func aDeprecatedCommandWorksAndSaysSo(action: String) async throws {
        let server = try await HTTPUnderTest()
        let bearer = ["Authorization": "Bearer \(HTTPUnderTest.webhookToken)"]
        let answer = try await server.post("/api/webhook", bearer, json: "{\"action\":\"\(action)\",\"a\":1}")
        #expect(answer.status == 200 && answer.json["response"] == ["a": 1])
        // 2027-01-31T00:00:00Z
        #expect(answer.header("Deprecation") == "@1801353600")
        let other = try await server.post("/api/webhook", bearer, json: #"{"action":"prune-sessions"}"#)
        #expect(other.header("Deprecation") == nil)
    }
}
