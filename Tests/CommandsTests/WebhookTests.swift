import Commands
import Cryptography
import Engine
import JSON
import Storage
import TestSupport
import Testing

struct WebhookTests {
    private func admin(_ world: World) async throws -> Int64 {
        let admin = try await world.shop("create-user", ["email": "root@example.com", "name": "Root", "role": "ADMIN"])
        return try #require(admin["id"]?.intValue)
    }

    private func create(_ world: World, _ admin: Int64, _ payload: JSONValue) async throws -> JSONValue {
        try await world.engine.run(
            "create-webhook", payload,
            for: CommandRequest(
                id: "test", channel: .http, caller: .user(id: admin, sessionID: 1, isAdmin: true), client: Client()))
    }

    private func caller(_ world: World, _ token: JSONValue?) async throws -> Caller {
        try await world.services.authenticator.caller(webhookToken: Secret(token?.stringValue ?? ""))
    }

    @Test func theTokenIsShownOnceAndStoredAsAHash() async throws {
        let world = try await World.make()
        let admin = try await admin(world)
        let made = try await create(world, admin, ["name": "shop"])
        let token = try #require(made["token"]?.stringValue)
        #expect(token.hasPrefix("ush_wh_"))
        #expect(made["webhook"] == .string(World.publicURL + "/api/webhook?token=" + token))
        #expect(try await caller(world, made["token"]) == .webhook(id: 1, userID: admin, actions: nil))
        let stored = try await world.shop("get-user", ["userId": .number(JSONNumber(admin))])
        #expect(!stored.text.contains(token) && stored["webhooks"]?.arrayValue?.count == 1)
    }

    @Test func anUnknownActionIsNamed() async throws {
        let world = try await World.make()
        let admin = try await admin(world)
        do {
            _ = try await create(world, admin, ["name": "shop", "actions": ["create-user", "create-usr"]])
            Issue.record("accepted")
        } catch let failure as CommandFailure {
            #expect(failure.fields.first?.pointer == "/actions/1" && failure.detail.contains("`create-user`"))
        }
    }

    @Test func itEndsWithItsTimeItsRevocationAndItsOwnersRights() async throws {
        let world = try await World.make()
        let admin = try await admin(world)
        try await world.shop("create-user", ["email": "two@example.com", "name": "Two", "role": "ADMIN"])
        let brief = try await create(world, admin, ["name": "brief", "expiresIn": 60])
        let revoked = try await create(world, admin, ["name": "revoked"])
        let owned = try await create(world, admin, ["name": "owned"])
        world.clock.advance(by: .seconds(60))
        #expect(try await code { try await caller(world, brief["token"]) } == .invalidToken)
        try await world.shop("revoke-webhook", ["webhookId": revoked["id"] ?? .null])
        #expect(try await code { try await caller(world, revoked["token"]) } == .invalidToken)
        #expect(try await code { try await caller(world, owned["token"]) } == nil)
        try await world.shop("update-user", ["userId": .number(JSONNumber(admin)), "role": "OWNER"])
        #expect(try await code { try await caller(world, owned["token"]) } == .invalidToken)
    }

    @Test func onlyAnAdministratorCanOwnOne() async throws {
        let world = try await World.make()
        let user = try await world.user()
        #expect(try await code { try await create(world, user, ["name": "shop"]) } == .forbidden)
    }
}
