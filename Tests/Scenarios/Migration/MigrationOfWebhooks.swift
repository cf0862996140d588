import Foundation
import JSON
import TestSupport
import Testing

/// Webhook tokens, as `docs/migrating.md` says that they differ.
struct MigrationOfWebhooks {
    let lab: Lab
    let shop: Shop

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
    }

    @Test func whatStaysStays() async throws {
        let admin = try await shop.administrator().session()
        let made = try await lab.http.post(
            "/api/webhook/create", .json(["name": "Old shop"]), headers: bearer(admin.accessToken))
        let url = try #require(try made.json()["webhook"]?.stringValue)
        #expect(url.contains("/api/webhook?token="))
        let path = try #require(url.firstRange(of: "/api/webhook").map { String(url[$0.lowerBound...]) })
        let answer = try await lab.http.post(
            path, .json(["action": "createUser", "email": "a@example.com", "name": "A"]))
        #expect(answer.status == 200)
        let body = try answer.json()
        #expect(body["success"] == true && body["response"]?["email"] == "a@example.com" && body["time"]?.int != nil)
        let id = try #require(body["response"]?["id"])
        let renamed = try await lab.http.post(
            path, .json(["action": "updateUser", "userId": id, "email": "b@example.com"]))
        #expect(try renamed.json().at("response", "email") == "b@example.com")
        #expect(try claims(of: admin.accessToken)["userId"]?.int == 1)
        let failure = try await lab.http.post(path, .json(["action": "getUser", "userId": 99])).json()
        #expect(failure["error"] == failure["detail"])
        try await lab.advance(by: .seconds(3000 * 86_400))
        #expect(try await lab.http.post(path, .json(["action": "listUsers"])).status == 200, "it has no end")
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "reads SQLite's files"))
    func aTokenIsShownOnceAndStoredAsAHash() async throws {
        #expect(shop.token.hasPrefix("ush_wh_"), "C1")
        try await lab.stop()
        let files = try FileManager.default.contentsOfDirectory(at: lab.data, includingPropertiesForKeys: nil)
        let stored = try files.filter { $0.lastPathComponent.hasPrefix("usher.db") }.map { try Data(contentsOf: $0) }
        #expect(!stored.isEmpty && stored.allSatisfy { $0.range(of: Data(shop.token.utf8)) == nil }, "C1")
    }

    @Test func theHeaderIsTakenBesidesTheQuery() async throws {
        let body = Body.json(["action": "list-users"])
        let byHeader = try await lab.http.post("/api/webhook", body, headers: bearer(shop.token))
        let byQuery = try await lab.http.post("/api/webhook?token=\(shop.token)", body)
        #expect(byHeader.status == 200 && byQuery.status == 200, "C2")
        let other = try await lab.shop(actions: [])
        let both = try await lab.http.post("/api/webhook?token=\(other.token)", body, headers: bearer(shop.token))
        #expect(both.status == 401, "C2")
    }

    @Test func aTokenCanBeLimitedAndCanEnd() async throws {
        let limited = try await lab.shop(actions: ["list-users"])
        #expect(try await limited.call("list-users").status == 200, "C3")
        #expect(try await limited.call("prune-sessions").code == "FORBIDDEN", "C3")
        let admin = try await shop.administrator().session()
        let made = try await lab.http.post(
            "/api/webhook/create", .json(["name": "Short", "expiresIn": 60]), headers: bearer(admin.accessToken))
        let short = Shop(http: lab.http, token: try #require(try made.json()["token"]?.stringValue))
        #expect(try await short.call("list-users").status == 200, "C3")
        try await lab.advance(by: .seconds(61))
        #expect(try await short.call("list-users").code == "INVALID_TOKEN", "C3")
    }

    @Test func aTokenDiesWithTheRightsOfItsOwner() async throws {
        _ = try await lab.verb(["create-admin", "second@example.com", "Second"])
        let made = try await lab.verb(["create-webhook", "Second", "--user", "second@example.com"])
        let other = Shop(http: lab.http, token: trimmed(made.output))
        #expect(try await other.call("list-users").status == 200, "C4")
        try await shop.run("update-user", ["email": "second@example.com", "role": "OWNER"])
        #expect([401, 403].contains(try await other.call("list-users").status), "C4")
    }

    @Test func noAnswerHasATokenOfSomebodyElse() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let login = try await ann.session()
        let admin = try await shop.administrator().session()
        let answers = [
            try await lab.http.get("/api/users", headers: bearer(admin.accessToken)).text,
            try await shop.call("get-user", ["userId": .int(ann.id)]).text,
            try await shop.call("update-user", ["userId": .int(ann.id), "name": "Anna"]).text,
        ]
        for answer in answers {
            #expect(!answer.contains("ush_") && !answer.contains(login.refreshToken), "C5: \(answer)")
        }
        let sessions = try await shop.user(ann.id)["sessions"]?.items ?? []
        #expect(sessions.first?["id"]?.int == login.sessionID, "C5: the id is there to end it by")
    }
}
