import Commands
import Engine
import JSON
import Storage
import Testing

/// The language of a user's mails.
struct LocaleTests {
    /// The languages of the mails of a template, in order.
    private func languages(_ template: String, _ world: World) async throws -> [String] {
        try await world.database.read { tx in
            try tx.rows("SELECT locale FROM outbox WHERE template = $1 ORDER BY id", template)
                .map { try $0.string("locale") }
        }
    }

    @Test(
        arguments: [
            ("de", "de"), ("de-AT", "de-AT"), ("DE-at", "de-AT"), ("zh-hant-tw", "zh-Hant-TW"), ("none", nil),
            (nil, nil),
        ] as [(JSONValue, JSONValue)])
    func aTagIsKeptInItsUsualCase(sent: JSONValue, shown: JSONValue) async throws {
        let world = try await World.make()
        let made = try await world.shop(
            "create-user", ["email": "ada@example.com", "name": "Ada", "locale": sent])
        #expect(made["locale"] == shown)
        #expect(try await world.shop("get-user", ["userId": made["id"] ?? .null])["locale"] == shown)
        #expect(try await languages("set-password", world) == [shown.stringValue ?? ""])
    }

    @Test(arguments: ["", "d", "german", "de_AT", "de-", "de AT", "de-AT-\n", "de-AT-x", 7, true] as [JSONValue])
    func whatIsNoTagIsRefused(tag: JSONValue) async throws {
        let world = try await World.make()
        do {
            try await world.shop("create-user", ["email": "ada@example.com", "name": "Ada", "locale": tag])
            Issue.record("\(tag) was accepted")
        } catch {
            #expect(error.code == .invalidInput && error.fields.first?.pointer == "/locale")
            #expect(error.detail.contains("de-AT"), "\(error.detail)")
        }
    }

    @Test func aChangeOfTheLanguageAloneIsTold() async throws {
        let world = try await World.make()
        let id = JSONValue.number(JSONNumber(try await world.user()))
        let changed = try await world.shop("update-user", ["userId": id, "locale": "de"])
        #expect(changed["locale"] == "de")
        let unchanged = try await world.shop("update-user", ["userId": id, "locale": nil, "name": nil])
        #expect(unchanged["locale"] == "de", "as everywhere, null is the same as leaving it out")
        #expect(try await languages("profile-updated", world) == ["de"])
        let removed = try await world.shop("update-user", ["userId": id, "locale": "none"])
        #expect(removed["locale"]?.isNull == true)
        #expect(try await languages("profile-updated", world) == ["de", ""])
        let audit = try await world.database.read { tx in
            try tx.rows("SELECT changes FROM audit ORDER BY id").map { try $0.string("changes") }.joined()
        }
        #expect(audit.contains(#""locale":"de""#))
    }

    @Test func theOldAddressIsWrittenToInTheOldLanguage() async throws {
        let world = try await World.make()
        let id = JSONValue.number(JSONNumber(try await world.user()))
        try await world.shop("update-user", ["userId": id, "email": "countess@example.com", "locale": "de"])
        #expect(try await languages("profile-updated", world) == ["de", ""])
    }

    @Test func aSecondPurchaseLeavesTheLanguageAsItIs() async throws {
        let world = try await World.make()
        for locale in ["de", "fr"] {
            let user = try await world.shop(
                "create-user",
                ["email": "ada@example.com", "name": "Ada", "ifExists": "use", "locale": .string(locale)])
            #expect(user["locale"] == "de")
        }
    }
}
