import JSON
import JSONSchema
import TestSupport
import Testing

/// `GET /api/commands`: what a token can have done, as the operator's overlay leaves it.
struct CommandListScenarios {
    private func items(_ lab: Lab, _ token: String) async throws -> [String: JSONValue] {
        let answer = try await lab.http.get("/api/commands", headers: bearer(token))
        #expect(answer.status == 200, "\(answer.text)")
        let items = try answer.json()["items"]?.items ?? []
        return Dictionary(items.map { ($0["name"]?.stringValue ?? "", $0) }) { first, _ in first }
    }

    @Test func eachCallerSeesWhatIsOpenToThem() async throws {
        let lab = try await Lab.idle(settings: ["USHER_COMMANDS": "overlay.json"])
        try lab.write(
            """
            {"$schema": "./commands.schema.json", "version": 1, "commands": {
                "delete-user": {"disabled": true}, "get-user": {"aliases": ["show-user"]},
                "create-license": {"input": {"required": ["externalRef"]},
                    "examples": [{"input": {"userId": 1, "validUntil": "never", "externalRef": "order-1"}}]}}}
            """, to: "overlay.json")
        try await lab.serve()
        let shop = try await lab.shop()
        let customer = try await shop.customer("ann")

        let all = try await items(lab, shop.token)
        #expect(all["delete-user"] == nil && all["login"] == nil && all["list-audit"] == nil)
        #expect(all["get-user"]?["aliases"] == ["getUser", "show-user"])
        let license = try #require(all["create-license"])
        #expect(license["examples"]?.items.first?.at("input", "externalRef") == "order-1")
        let schema = try Schema(try #require(license["inputSchema"]))
        #expect(schema.accepts(["userId": 1, "validUntil": "never", "externalRef": "order-1"]))
        #expect(!schema.accepts(["userId": 1, "validUntil": "never"]), "tightened")

        let few = try await items(lab, lab.shop(actions: ["get-user", "delete-user"]).token)
        #expect(Set(few.keys) == ["get-user"])
        let own = try await items(lab, customer.session().accessToken)
        #expect(own["list-own-sessions"] != nil && own["login"] != nil)
        #expect(own["list-users"] == nil && own["create-user"] == nil)
        let admin = try await items(lab, shop.administrator().session().accessToken)
        #expect(Set(admin.keys) == Set(all.keys).union(own.keys).union(["list-audit", "create-webhook"]))
    }
}
