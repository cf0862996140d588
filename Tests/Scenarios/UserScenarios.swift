import JSON
import Testing

/// Users and licences by command: what is made, what is in the way, and what goes with what.
struct UserScenarios {
    let lab: Lab
    let shop: Shop

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
    }

    @Test func aKnownAddressIsInTheWay() async throws {
        let first = try await shop.run("create-user", ["email": "ann@example.com", "name": "Ann"])
        let second = try await shop.call("create-user", ["email": "ANN@example.com", "name": "Ann"])
        #expect(second.status == 409)
        #expect(second.code == "CONFLICT")
        #expect(try second.json()["userId"] == first["id"])
    }

    @Test func useGivesTheLicenceToWhoIsThere() async throws {
        let first = try await shop.run("create-user", ["email": "ann@example.com", "name": "Ann", "role": "MANAGER"])
        let second = try await shop.run(
            "create-user",
            [
                "email": "ann@example.com", "name": "Somebody", "role": "ADMIN", "ifExists": "use",
                "license": ["seats": 5, "validUntil": "never"],
            ])
        #expect(second["id"] == first["id"])
        #expect(second["name"] == "Ann")
        #expect(second["role"] == "MANAGER")
        #expect(second.at("license", "seats")?.int == 5)
    }

    @Test func theSameReferenceMakesOneLicence() async throws {
        let ann = try await shop.customer("ann")
        let order: JSONValue = ["userId": .int(ann.id), "validUntil": "never", "externalRef": "order-1"]
        let answers = try await atOnce(8) { _ in try await shop.run("create-license", order) }
        #expect(Set(answers.compactMap { $0.at("license", "id")?.int }).count == 1)
        #expect(try await shop.user(ann.id)["licenses"]?.items.count == 1)
    }

    @Test func userAndAddressMustAgree() async throws {
        let ann = try await shop.customer("ann")
        let response = try await shop.call(
            "revoke-all-user-sessions", ["userId": .int(ann.id), "email": .string(Lab.adminAddress)])
        #expect(response.status == 409)
        #expect(response.code == "CONFLICT")
    }

    @Test func besideAnIdAnAddressIsTheNewOne() async throws {
        let ann = try await shop.customer("ann")
        let user = try await shop.run("update-user", ["userId": .int(ann.id), "email": "anna@example.com"])
        #expect(user["email"] == "anna@example.com")
        #expect(try await shop.call("get-user", ["email": "ann@example.com"]).status == 404)
    }

    @Test func aChangedAddressIsToldToBoth() async throws {
        let ann = try await shop.customer("ann")
        _ = try await lab.mailsSoFar(to: "ann@example.com", shop: shop)
        try await shop.run("update-user", ["userId": .int(ann.id), "newEmail": "anna@example.com"])
        #expect(try await lab.mailsSoFar(to: "ann@example.com", shop: shop).count == 1)
        #expect(try await lab.mailsSoFar(to: "anna@example.com", shop: shop).count == 1)
    }

    @Test func nothingToChangeMailsNothing() async throws {
        let ann = try await shop.customer("ann")
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        #expect(try await shop.call("update-user", ["userId": .int(ann.id), "name": "User ann"]).status == 200)
        #expect(try await lab.mailsSoFar(to: ann.email, shop: shop).isEmpty)
    }

    @Test(
        arguments: [
            ("delete-user", [:]), ("update-user", ["role": "OWNER"]), ("update-user", ["status": "INACTIVE"]),
        ] as [(String, [String: JSONValue])])
    func theLastAdministratorStays(action: String, change: [String: JSONValue]) async throws {
        var payload = change
        payload["email"] = .string(Lab.adminAddress)
        let response = try await shop.call(action, JSONValue(members: payload))
        #expect(response.status == 409)
        #expect(response.code == "CONFLICT")
    }

    @Test func anInactiveUserIsOutEverywhere() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let login = try await ann.session()
        let user = try await shop.run("update-user", ["userId": .int(ann.id), "status": "INACTIVE"])
        #expect(user["sessions"]?.items == [])
        #expect(try await lab.refresh(login.refreshToken).code == "SESSION_REVOKED")
        let refused = try await ann.logIn()
        #expect(refused.status == 401)
        #expect(refused.code == "INVALID_CREDENTIALS")
    }

    @Test func aDeletedUserIsGoneWithEverything() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let login = try await ann.session()
        #expect(try await shop.run("delete-user", ["userId": .int(ann.id)]) == true)
        #expect(try await lab.refresh(login.refreshToken).status == 401)
        #expect(try await shop.call("get-user", ["userId": .int(ann.id)]).status == 404)
        let license = try #require(ann.licenseID)
        #expect(try await shop.call("update-license", ["licenseId": .int(license), "seats": 2]).status == 404)
        let again = try await shop.run("create-user", ["email": .string(ann.email), "name": "Ann"])
        #expect(try #require(again["id"]?.int) > ann.id, "an id is never used again")
    }

    @Test func aDeletedLicenceEndsTheSessionsOnIt() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let login = try await ann.session()
        let user = try await shop.run("delete-license", ["licenseId": .int(try #require(ann.licenseID))])
        #expect(user["licenses"]?.items == [])
        #expect(try await lab.refresh(login.refreshToken).code == "SESSION_REVOKED")
    }

    @Test func onlyWhatIsSentChanges() async throws {
        let made = try await shop.run(
            "create-user",
            [
                "email": "ann@example.com", "name": "Ann",
                "license": ["productId": "studio", "seats": 7, "validUntil": "2030-01-01", "externalRef": "order-9"],
            ])
        let changed = try await shop.run("update-license", ["externalRef": "order-9", "validUntil": "2031-01-01"])
        #expect(changed.at("license", "id") == made.at("license", "id"))
        #expect(changed.at("license", "seats")?.int == 7)
        #expect(changed.at("license", "productId") == "studio")
        #expect(changed.at("license", "validUntil") == "2031-01-01T00:00:00.000Z")
    }

    @Test func revokingTwiceMailsOnce() async throws {
        let ann = try await shop.customer("ann")
        let login = try await ann.session()
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        let session: JSONValue = ["sessionId": .int(try #require(login.sessionID))]
        for _ in 1...2 { #expect(try await shop.call("revoke-session", session).status == 200) }
        #expect(try await lab.mailsSoFar(to: ann.email, shop: shop).count == 1)
    }

    @Test func usersAreListedPageByPageOldestFirst() async throws {
        for name in ["ann", "ben", "cid"] {
            try await shop.run("create-user", ["email": .string("\(name)@example.com"), "name": .string(name)])
        }
        var seen: [String] = []
        var cursor: JSONValue = .null
        repeat {
            let page = try await shop.run("list-users", ["limit": 2, "cursor": cursor])
            seen += (page["items"]?.items ?? []).compactMap { $0["email"]?.stringValue }
            cursor = page["nextCursor"] ?? .null
        } while cursor != .null && seen.count < 10
        #expect(seen == [Lab.adminAddress, "ann@example.com", "ben@example.com", "cid@example.com"])
    }
}
