import Commands
import Engine
import Foundation
import JSON
import Storage
import TestSupport
import Testing

/// `notify: false`: the command does what it does, and nobody gets a mail.
struct SilentCommandTests {
    private let order: JSONValue = [
        "email": "ada@example.com", "name": "Ada", "ifExists": "use", "notify": false,
        "license": ["validUntil": "never", "externalRef": "order-1"],
    ]

    private func waiting(_ world: World) async throws -> Int {
        try await world.database.read { tx in try tx.row("SELECT COUNT(*) AS count FROM outbox")?.int("count") ?? 0 }
    }

    private func token(_ answer: JSONValue) throws -> String {
        let url = try #require(answer["invitation"]?["url"]?.stringValue)
        #expect(url.hasPrefix("\(World.publicURL)/create-password?token=ush_pw_"))
        return try #require(url.split(separator: "=").last.map(String.init))
    }

    /// Sets a password with a link's token.
    private func use(_ token: String, in world: World) async throws {
        try await world.anyone(
            "create-password",
            ["token": .string(token), "password": .string(World.password), "confirm": .string(World.password)])
    }

    @Test(arguments: [false, "false"] as [JSONValue])
    func noneOfTheFourMails(no: JSONValue) async throws {
        // An outbox in which there is no room for a single mail does not matter to them.
        let world = try await World.make(maximumMails: 0)
        let made = try await world.shop(
            "create-user", ["email": "ada@example.com", "name": "Ada", "notify": no])
        let id = made["id"] ?? .null
        try await world.shop(
            "update-user",
            [
                "userId": id, "newEmail": "countess@example.com", "status": "ACTIVE", "locale": "de",
                "password": .string(World.password), "notify": no,
            ])
        let session = try await world.login("countess@example.com")["session"]?["id"] ?? .null
        let revoked = try await world.shop("revoke-session", ["sessionId": session, "notify": no])
        #expect(revoked["sessions"] == [])
        #expect(try await world.shop("delete-user", ["userId": id, "notify": no]) == true)
        #expect(try await waiting(world) == 0)
    }

    @Test(arguments: [true, "true", nil] as [JSONValue])
    func allOthersMailAndKeepTheLinkToThemselves(yes: JSONValue) async throws {
        let world = try await World.make()
        let made = try await world.shop(
            "create-user", ["email": "ada@example.com", "name": "Ada", "notify": yes])
        #expect(made["invitation"] == nil)
        #expect(try await world.mails("set-password") == 1)
        try await world.shop("update-user", ["userId": made["id"] ?? .null, "name": "Countess", "notify": yes])
        #expect(try await world.mails("profile-updated") == 1)
        #expect(try await world.shop("delete-user", ["userId": made["id"] ?? .null, "notify": yes]) == true)
        #expect(try await world.mails("account-deleted") == 1)
    }

    @Test func theLinkIsInTheAnswerAndWorksOnceWithinItsTime() async throws {
        let world = try await World.make()
        let made = try await world.shop("create-user", order)
        let end = World.start + .seconds(3 * 86_400)
        #expect(made["invitation"]?["expiresAt"]?.stringValue == end.description)
        let token = try token(made)
        world.clock.advance(by: .seconds(3 * 86_400 - 1))
        try await use(token, in: world)
        #expect(try await code { try await use(token, in: world) } == .invalidToken)
    }

    @Test func aLinkThatNobodyUsedIsOverInTheEnd() async throws {
        let world = try await World.make()
        let token = try token(try await world.shop("create-user", order))
        world.clock.advance(by: .seconds(3 * 86_400))
        #expect(try await code { try await use(token, in: world) } == .invalidToken)
        let second = try self.token(try await world.shop("create-user", order))
        #expect(second != token, "a repeated call gives a new one when the old one is over")
        try await use(second, in: world)
    }

    @Test func theSameCallAgainGivesTheSameLinkUntilItIsUsed() async throws {
        let world = try await World.make()
        let first = try await world.shop("create-user", order)
        let again = try await world.shop("create-user", order)
        #expect(first == again)
        try await use(try token(first), in: world)
        let afterwards = try await world.shop("create-user", order)
        #expect(afterwards["invitation"]?.isNull == true, "whoever has a password needs no invitation")
        #expect(afterwards["license"]?["id"] == first["license"]?["id"])
    }

    @Test func aLinkThatTheUserAskedForIsNobodyElses() async throws {
        let world = try await World.make()
        let invited = try token(try await world.shop("create-user", order))
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        #expect(try token(try await world.shop("create-user", order)) == invited)
    }

    @Test func anInactiveUserGetsNoInvitation() async throws {
        let world = try await World.make()
        let made = try await world.shop("create-user", order)
        try await world.shop("update-user", ["userId": made["id"] ?? .null, "status": "INACTIVE", "notify": false])
        #expect(try await world.shop("create-user", order)["invitation"]?.isNull == true)
        #expect(try await code { try await use(try token(made), in: world) } == .invalidToken)
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "looks for it in SQLite's files"))
    func theLinkIsNowhereElse() async throws {
        let world = try await World.make()
        let made = try await world.shop("create-user", order)
        // The end of its code; the token as a whole would be missed where only the code stands.
        let secret = Data(try token(made).suffix(20).utf8)
        let user = try await world.shop("get-user", ["userId": made["id"] ?? .null])
        #expect(user["invitation"] == nil && Data(user.text.utf8).range(of: secret) == nil)
        // The audit is in the database too. That this looks at the right bytes shows the reference, which is there.
        var isStored = false
        let file = try #require(world.place.file)
        for file in [file, file + "-wal"] {
            let stored = try Data(contentsOf: URL(filePath: file))
            #expect(stored.range(of: secret) == nil, "\(file)")
            isStored = isStored || stored.range(of: Data("order-1".utf8)) != nil
        }
        #expect(isStored)
    }

    @Test func aFirstPasswordAndTheNextAreToldApart() async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.setPasswordAgain(of: user)
        let first = try await world.database.read { tx in
            try tx.rows("SELECT parameters FROM outbox WHERE template = 'password-updated' ORDER BY id")
                .map { try JSONValue(parsing: $0.string("parameters"))["isFirst"] }
        }
        #expect(first == [true, false])
    }
}

extension World {
    /// Sets another password, by way of a reset.
    fileprivate func setPasswordAgain(of user: Int64) async throws {
        try await anyone("reset-password", ["email": "ada@example.com"])
        try await setPassword(of: user, to: "another horse battery")
    }
}
