import Commands
import Engine
import JSON
import Storage
import Testing

struct UserTests {
    private let order: JSONValue = [
        "email": "Ada@Example.com", "name": "Ada", "externalRef": "customer-1", "ifExists": "use",
        "license": ["seats": 2, "validUntil": "never", "externalRef": "order-1"],
    ]

    @Test func anOrderSentTwiceMakesOneUserAndOneLicence() async throws {
        let world = try await World.make()
        let first = try await world.shop("create-user", order)
        let second = try await world.shop("create-user", order)
        #expect(first["id"] == second["id"] && first["license"] == second["license"])
        #expect(second["licenses"]?.arrayValue?.count == 1)
        #expect(try await world.mails("set-password") == 1)
    }

    @Test func anOrderSentTwiceAtOnceMakesOneUserAndOneLicence() async throws {
        let world = try await World.make()
        let ids = try await withThrowingTaskGroup(of: JSONValue?.self) { group in
            for _ in 0..<16 { group.addTask { try await world.shop("create-user", order)["license"]?["id"] } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
    }

    @Test func aSecondPurchaseGoesToTheSameUser() async throws {
        let world = try await World.make()
        let first = try await world.shop("create-user", order)
        let second = try await world.shop(
            "create-user",
            [
                "email": "ada@example.COM", "name": "Somebody Else", "ifExists": "use",
                "license": ["productId": 7, "validUntil": "2030-01-01T00:00:00+0200"],
            ])
        #expect(second["id"] == first["id"] && second["name"] == "Ada" && second["email"] == "Ada@Example.com")
        #expect(second["license"]?["productId"] == "7")
        #expect(second["license"]?["validUntil"] == "2029-12-31T22:00:00.000Z")
    }

    @Test func aKnownAddressIsAConflictThatSaysWhatToCall() async throws {
        let world = try await World.make()
        let first = try await world.shop("create-user", order)
        do {
            try await world.shop("create-user", ["email": "ADA@example.com", "name": "Ada"])
            Issue.record("a second user was made")
        } catch {
            #expect(error.code == .conflict && error.members["userId"] == first["id"])
            #expect(error.detail.contains("ifExists") && error.detail.contains("create-license"))
        }
    }

    @Test func aReferenceOfAnotherUsersLicenceIsAConflict() async throws {
        let world = try await World.make()
        try await world.shop("create-user", order)
        let code = try await code {
            try await world.shop(
                "create-user",
                [
                    "email": "bob@example.com", "name": "Bob",
                    "license": ["validUntil": "never", "externalRef": "order-1"],
                ])
        }
        #expect(code == .conflict)
        #expect(try await self.code { try await world.shop("get-user", ["email": "bob@example.com"]) } == .notFound)
    }

    private func code(_ body: () async throws -> JSONValue) async throws -> CommandFailure.Code? {
        try await CommandsTests.code(of: body)
    }

    @Test func onlyWhatIsSentChanges() async throws {
        let world = try await World.make()
        let user = try await world.user(seats: 1)
        let id = JSONValue.number(JSONNumber(user))
        let session = try await world.login()["refreshToken"]
        let renamed = try await world.shop("update-user", ["userId": id, "name": "Countess", "role": nil])
        #expect(renamed["name"] == "Countess" && renamed["role"] == "OWNER" && renamed["email"] == "ada@example.com")
        #expect(try await world.mails("profile-updated") == 1)
        #expect(try await code { try await world.refresh(session) } == nil)
        try await world.shop("update-user", ["userId": id, "name": "Countess"])
        #expect(try await world.mails("profile-updated") == 1)
    }

    @Test func aNewAddressIsToldToBothAndSpendsTheLinks() async throws {
        let world = try await World.make()
        let user = try await world.user()
        try await world.anyone("reset-password", ["email": "ada@example.com"])
        let token = try await world.linkToken(of: user)
        let updated = try await world.shop(
            "update-user", ["userId": .number(JSONNumber(user)), "email": "countess@example.com"])
        #expect(updated["email"] == "countess@example.com")
        #expect(try await world.mails("profile-updated") == 2)
        let code = try await code {
            try await world.anyone(
                "create-password", ["token": .string(token), "password": "battery staple", "confirm": "battery staple"])
        }
        #expect(code == .invalidToken)
    }

    @Test func emailAloneNamesTheUserAndBesideTheIdItIsNew() async throws {
        let world = try await World.make()
        let user = try await world.user()
        let byAddress = try await world.shop("update-user", ["email": "ADA@example.com", "newEmail": "a@example.com"])
        #expect(byAddress["email"] == "a@example.com" && byAddress["id"] == .number(JSONNumber(user)))
        let other = try await world.user("bob@example.com")
        let taken = try await code {
            try await world.shop("update-user", ["userId": .number(JSONNumber(other)), "email": "a@example.com"])
        }
        #expect(taken == .conflict)
    }

    @Test func idAndAddressOfDifferentUsersDisagree() async throws {
        let world = try await World.make()
        let ada = try await world.user()
        _ = try await world.user("bob@example.com")
        let code = try await code {
            try await world.shop("get-user", ["userId": .number(JSONNumber(ada)), "email": "bob@example.com"])
        }
        #expect(code == .conflict)
    }

    @Test func theLastAdministratorStays() async throws {
        let world = try await World.make()
        let admin = try await world.shop("create-user", ["email": "root@example.com", "name": "Root", "role": "ADMIN"])
        let id = admin["id"] ?? .null
        for payload in [["userId": id, "role": "OWNER"], ["userId": id, "status": "INACTIVE"]] as [JSONValue] {
            #expect(try await code { try await world.shop("update-user", payload) } == .conflict)
        }
        #expect(try await code { try await world.shop("delete-user", ["userId": id]) } == .conflict)
        try await world.shop("create-user", ["email": "two@example.com", "name": "Two", "role": "ADMIN"])
        #expect(try await world.shop("delete-user", ["userId": id]) == true)
    }

    private func inviteTwoAdministrators(_ world: World) async throws -> [JSONValue] {
        var ids: [JSONValue] = []
        for name in ["a", "b"] {
            let admin = try await world.shop(
                "create-user", ["email": .string("\(name)@example.com"), "name": .string(name), "role": "ADMIN"])
            ids.append(admin["id"] ?? .null)
        }
        return ids
    }

    @Test func anAdministratorWhoWasOnlyInvitedReplacesNobodyWhoCanLogIn() async throws {
        let world = try await World.make()
        let ids = try await inviteTwoAdministrators(world)
        try await world.setPassword(of: try #require(ids[0].intValue), to: World.password)
        #expect(try await code { try await world.shop("delete-user", ["userId": ids[0]]) } == .conflict)
        try await world.setPassword(of: try #require(ids[1].intValue), to: World.password)
        #expect(try await world.shop("delete-user", ["userId": ids[0]]) == true)
    }

    @Test func ofTwoAdministratorsWhoLeaveAtOnceOneStays() async throws {
        let world = try await World.make()
        let ids = try await inviteTwoAdministrators(world)
        let codes = try await withThrowingTaskGroup(of: CommandFailure.Code?.self) { group in
            for id in ids {
                group.addTask { try await CommandsTests.code { try await world.shop("delete-user", ["userId": id]) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(codes) == [nil, .conflict])
    }

    @Test func aDeletedUserIsGoneWithEverythingAndNoIdIsUsedAgain() async throws {
        let world = try await World.make()
        let user = try await world.user(seats: 1)
        let session = try await world.login()["refreshToken"]
        #expect(try await world.shop("delete-user", ["userId": .number(JSONNumber(user))]) == true)
        #expect(try await world.mails("account-deleted") == 1)
        #expect(try await code { try await world.refresh(session) } == .invalidToken)
        #expect(try await world.user() > user)
    }

    @Test func decimalStringsAndNullsCountWhereTheSchemaSaysSo() async throws {
        let world = try await World.make()
        let user = try await world.user()
        let license = try await world.shop(
            "create-license",
            ["userId": .string("\(user)"), "seats": "3", "validUntil": "1893456000000", "externalRef": nil])
        #expect(license["license"]?["seats"] == 3)
        #expect(license["license"]?["validUntil"] == "2030-01-01T00:00:00.000Z")
        let cut = try await world.shop(
            "update-license",
            ["licenseId": license["license"]?["id"] ?? .null, "seats": "1", "keepSessions": "true", "validUntil": nil])
        #expect(cut["license"]?["seats"] == 1 && cut["license"]?["validUntil"] == "2030-01-01T00:00:00.000Z")
    }

    @Test(arguments: ["2027-02-30", "01/02/2027", "1798761600", "soon", "2027-13-01T00:00:00Z"])
    func anImpossibleEndIsRefusedAtItsPlace(_ end: String) async throws {
        let world = try await World.make()
        do {
            try await world.shop(
                "create-user", ["email": "a@example.com", "name": "A", "license": ["validUntil": .string(end)]])
            Issue.record("\(end) was accepted")
        } catch {
            #expect(error.code == .invalidInput && error.fields.first?.pointer == "/license/validUntil")
        }
        #expect(try await code { try await world.shop("get-user", ["email": "a@example.com"]) } == .notFound)
    }

    @Test func listsArePagedOldestFirst() async throws {
        let world = try await World.make()
        for number in 1...5 {
            try await world.shop(
                "create-user", ["email": .string("u\(number)@example.com"), "name": "U"])
        }
        let first = try await world.shop("list-users", ["limit": 3])
        #expect(
            first["items"]?.arrayValue?.map { $0["email"] } == ["u1@example.com", "u2@example.com", "u3@example.com"])
        let second = try await world.shop("list-users", ["limit": 3, "cursor": first["nextCursor"] ?? .null])
        #expect(second["items"]?.arrayValue?.count == 2 && second["nextCursor"]?.isNull == true)
    }
}
