import JSON
import Testing

@testable import Server

/// The webhook: where the token goes, and what a body may look like.
struct WebhookRoutesTests {
    private let bearer = ["Authorization": "Bearer \(HTTPUnderTest.webhookToken)"]
    private let prune = #"{"action":"prune-sessions","a":1}"#

    @Test(arguments: ["/api/webhook", "/api/webhooks"])
    func bothPathsAndBothPlacesOfTheTokenWork(path: String) async throws {
        let server = try await HTTPUnderTest()
        let inQuery = "\(path)?token=\(HTTPUnderTest.webhookToken)"
        for (target, headers) in [(path, bearer), (inQuery, [:]), (inQuery, bearer)] {
            let answer = try await server.post(target, headers, json: prune)
            #expect(answer.status == 200)
            #expect(answer.json["success"] == true)
            #expect(answer.json["response"]?["input"] == ["a": 1], "without the action")
            #expect(answer.json["time"]?.intValue != nil)
        }
    }

    @Test(arguments: [
        ("/api/webhook", [:]), ("/api/webhook?token=other", [:]),
        ("/api/webhook?token=other", ["Authorization": "Bearer \(HTTPUnderTest.webhookToken)"]),
        ("/api/webhook?token=\(HTTPUnderTest.webhookToken)&token=other", [:]),
        ("/api/webhook", ["Authorization": "Basic \(HTTPUnderTest.webhookToken)"]),
        ("/api/webhook", ["Authorization": HTTPUnderTest.webhookToken]),
    ])
    func withoutOneTokenNothingIsDone(target: String, headers: [String: String]) async throws {
        let answer = try await HTTPUnderTest().post(target, headers, json: prune)
        #expect(answer.status == 401)
        #expect(answer.code == "INVALID_TOKEN")
    }

    @Test(
        arguments: [
            ("application/x-www-form-urlencoded", "action=prune-sessions&a.b=1", ["a": ["b": "1"]]),
            ("application/x-www-form-urlencoded", #"  {"action":"prune-sessions","a":1}"#, ["a": 1]),
            ("text/plain", #"{"action":"prune-sessions"}"#, [:]),
            ("", #"{"action":"prune-sessions"}"#, [:]),
        ] as [(String, String, JSONValue)])
    func aBodyMayComeInManyWays(type: String, body: String, input: JSONValue) async throws {
        let headers = bearer.merging(["Content-Type": type]) { own, _ in own }
        let answer = try await HTTPUnderTest().send("POST", "/api/webhook", headers, body: body)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.json["response"]?["input"] == input)
    }

    @Test func anotherTypeIsRefused() async throws {
        let answer = try await HTTPUnderTest().post(
            "/api/webhook", bearer.merging(["Content-Type": "text/xml"]) { own, _ in own }, json: "<a/>")
        #expect(answer.status == 415)
        #expect(answer.header("Accept-Post") == "application/json, application/x-www-form-urlencoded")
    }

    @Test(arguments: [
        ("{}", "/action"), (#"{"action":7}"#, "/action"), (#"{"action":null}"#, "/action"), ("[]", ""), ("7", ""),
    ])
    func aBodyWithoutAnActionIsTold(body: String, pointer: String) async throws {
        let answer = try await HTTPUnderTest().post("/api/webhook", bearer, json: body)
        #expect(answer.status == 422)
        #expect(answer.code == "INVALID_INPUT")
        #expect(answer.pointers == [pointer])
    }

    @Test func anActionOfAnotherDoorIsNotFound() async throws {
        let answer = try await HTTPUnderTest().post("/api/webhook", bearer, json: #"{"action":"logout"}"#)
        #expect(answer.status == 404)
        #expect(answer.code == "ACTION_NOT_FOUND")
    }
}
