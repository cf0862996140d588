import Foundation
import JSON
import TestSupport
import Testing

/// A server of somebody else's, with a command that Usher does not know: `Examples/Greeter`, built by `script/test`.
struct ExampleScenarios {
    private func greeter() -> URL? {
        guard let path = ProcessInfo.processInfo.environment["USHER_TEST_GREETER"] else {
            print("Left out: a command added by another package (USHER_TEST_GREETER is not set).")
            return nil
        }
        return URL(filePath: path)
    }

    @Test func aCommandOfAnotherPackageWorksLikeOurOwn() async throws {
        guard let program = greeter() else { return }
        let lab = try await Lab.start(program: program)
        let shop = try await lab.shop()
        let call = JSONValue(members: ["action": "say-hello", "name": "Ada"])
        let answer = try await lab.http.post("/api/webhook", .json(call), headers: bearer(shop.token))
        #expect(try answer.json()["response"] == ["greeting": "Hello, Ada!"])

        let wrong = JSONValue(members: ["action": "sayHello", "nam": "Ada"])
        let refused = try await lab.http.post("/api/webhook", .json(wrong), headers: bearer(shop.token))
        #expect(refused.status == 422)
        #expect(refused.text.contains("Did you mean `name`?"))

        let printed = try await lab.verb(["run", "say-hello", "--payload", #"{"name": "Ada"}"#])
        #expect(printed.output == "{\"greeting\":\"Hello, Ada!\"}\n", "\(printed.errors)")
        let listed = try await lab.verb(["commands"])
        #expect(listed.output.contains("say-hello") && listed.output.contains("create-user"))
    }
}
