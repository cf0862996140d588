import Commands
import Engine
import JSON
import Storage
import TestSupport
import Testing

struct PasswordTests {
    private func setPassword(_ world: World, _ token: String, _ password: String, confirm: String? = nil) async throws
        -> CommandFailure.Code?
    {
        try await code {
            try await world.anyone(
                "create-password",
                ["token": .string(token), "password": .string(password), "confirm": .string(confirm ?? password)])
        }
    }

    @Test func aLinkWorksOnceAndTakesAllOthersWithIt() async throws {
        let world = try await World.make()
        let user = try await world.user()
        let session = try await world.login()["refreshToken"]
        try await world.anyone("reset-password", ["email": "ADA@example.com"])
        let older = try await world.linkToken(of: user)
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let newer = try await world.linkToken(of: user)
        #expect(older != newer)
        #expect(try await setPassword(world, older, "battery staple") == nil)
        #expect(try await setPassword(world, older, "battery staple") == .invalidToken)
        #expect(try await setPassword(world, newer, "battery staple") == .invalidToken)
        #expect(try await code { try await world.refresh(session) } == .sessionRevoked)
        #expect(try await world.mails("password-updated") == 2)
    }

    @Test func ofManyWhoUseALinkAtOnceOneWins() async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let token = try await world.linkToken(of: user)
        let codes = try await withThrowingTaskGroup(of: CommandFailure.Code?.self) { group in
            for number in 0..<6 { group.addTask { try await setPassword(world, token, "battery staple \(number)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.filter { $0 == nil }.count == 1)
        #expect(codes.filter { $0 == .invalidToken }.count == 5)
    }

    @Test func aResetLinkLivesHalfAnHour() async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let token = try await world.linkToken(of: user)
        world.clock.advance(by: .seconds(30 * 60))
        #expect(try await setPassword(world, token, "battery staple") == .invalidToken)
    }

    @Test func atMostFiveLinksLive() async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let oldest = try await world.linkToken(of: user)
        for _ in 0..<5 { try await world.anyone("reset-password", ["email": "ada@example.com"]) }
        #expect(try await setPassword(world, oldest, "battery staple") == .invalidToken)
    }

    @Test func whoIsUnknownOrInactiveGetsTheSameAnswerAndNoMail() async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.shop("update-user", ["userId": .number(JSONNumber(user)), "status": "INACTIVE"])
        let inactive = try await world.anyone("reset-password", ["email": "ada@example.com"])
        let unknown = try await world.anyone("reset-password", ["email": "nobody@example.com"])
        #expect(inactive == ["success": true] && unknown == inactive)
        #expect(try await world.mails("reset-password") == 0)
    }

    @Test func everyFailedLoginLooksTheSame() async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.shop("create-user", ["email": "new@example.com", "name": "New"])
        let inactive = try await world.user("off@example.com")
        try await world.shop("update-user", ["userId": .number(JSONNumber(inactive)), "status": "INACTIVE"])
        var details: Set<String> = []
        for (email, password) in [
            ("ada@example.com", "wrong password"), ("nobody@example.com", "x"), ("new@example.com", "x"),
            ("off@example.com", World.password), ("ada@example.com", String(repeating: "x", count: 5000)),
        ] {
            do {
                try await world.anyone("login", ["email": .string(email), "password": .string(password)])
                Issue.record("\(email) logged in")
            } catch {
                #expect(error.code == .invalidCredentials)
                details.insert(error.detail)
            }
        }
        #expect(details.count == 1)
        let audit = try await world.database.read { tx in try AuditLog.list(after: 0, limit: 100, in: tx) }
        #expect(audit.filter { $0.action == "login" && $0.outcome == .refused }.count == 5)
        _ = user
    }

    struct WeakCase: Sendable {
        let password: String
        let keyword: String
    }

    @Test(arguments: [
        WeakCase(password: "1234567", keyword: "minLength"), WeakCase(password: "Password", keyword: "notCommon"),
        WeakCase(password: "ada@example.com", keyword: "notIdentity"),
        WeakCase(password: "ADA LOVELACE", keyword: "notIdentity"),
        WeakCase(password: "iloveyou", keyword: "notCommon"),
        WeakCase(password: String(repeating: "é", count: 513), keyword: "maxLength"),
    ])
    func aWeakPasswordIsRefusedAndTheLinkStaysGood(_ weak: WeakCase) async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let token = try await world.linkToken(of: user)
        do {
            try await world.anyone(
                "create-password",
                ["token": .string(token), "password": .string(weak.password), "confirm": .string(weak.password)])
            Issue.record("accepted")
        } catch {
            #expect(error.code == .passwordTooWeak && error.fields.first?.keyword == weak.keyword)
            #expect(!error.detail.contains(weak.password))
        }
        #expect(try await setPassword(world, token, "12345é78 ok") == nil)
    }

    @Test func aLinkThatWasCutOffIsToldBeforeAnythingAboutThePassword() async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let token = try await world.linkToken(of: user)
        for cut in [String(token.dropLast(3)), "junk", ""] {
            do {
                try await world.anyone(
                    "create-password", ["token": .string(cut), "password": "short", "confirm": "other"])
                Issue.record("accepted")
            } catch {
                #expect(error.code == .invalidToken && !error.detail.contains("characters"), "\(cut)")
            }
        }
    }

    @Test func unequalPasswordsAreRefusedAtConfirm() async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let token = try await world.linkToken(of: user)
        #expect(try await setPassword(world, token, "battery staple", confirm: "battery stable") == .invalidInput)
    }

    @Test(
        arguments: [["newEmail": "new@example.com"], ["status": "INACTIVE"], ["password": "battery staple"]]
            as [JSONValue])
    func aChangeSpendsLinksThatAreOverToo(_ change: JSONValue) async throws {
        let world = try await World.make()
        let user = try await world.shop("create-user", ["email": "late@example.com", "name": "Late"])
        // Its mail has not gone out: delivered now, the link would begin to live again.
        world.clock.advance(by: .seconds(4 * 86_400))
        var payload = try #require(change.objectValue)
        payload["userId"] = user["id"]
        try await world.shop("update-user", .object(payload))
        let unspent = try await world.database.read { tx in
            try tx.rows("SELECT id FROM password_links WHERE spent_at IS NULL").count
        }
        #expect(unspent == 0)
    }

    @Test func aFullOutboxTellsNothingAboutWhoHasAnAccount() async throws {
        let world = try await World.make(maximumMails: 2)
        _ = try await world.user()
        let known = try await code { try await world.anyone("reset-password", ["email": "ada@example.com"]) }
        let unknown = try await code { try await world.anyone("reset-password", ["email": "nobody@example.com"]) }
        #expect(known == .unavailable && unknown == .unavailable)
    }
}
