import JSON
import Testing

/// Inputs and effects of commands, as `docs/migrating.md` says that they differ.
struct MigrationOfCommands {
    let lab: Lab
    let shop: Shop

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
    }

    @Test func inputsAreTakenAtTheirWord() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let unknown = try await shop.call("create-license", ["userId": .int(ann.id), "seat": 2, "validUntil": "never"])
        #expect(unknown.status == 422 && unknown.detail.contains("`seats`"), "C6: \(unknown.detail)")
        let wrong = try await shop.call(
            "create-license", ["userId": .int(ann.id), "seats": "two", "validUntil": "never"])
        #expect(wrong.status == 422 && wrong.pointers == ["/seats"], "C7")
        let text = try await shop.run("create-license", ["userId": .int(ann.id), "seats": "2", "validUntil": "never"])
        #expect(text.at("license", "seats")?.int == 2, "C7: the text form will do")
        #expect(try await ann.logIn(path: "/api/auth/login?limited=false").json()["limited"] == false, "C8")
        #expect(try await ann.logIn(path: "/api/auth/login?limited=true").json()["limited"] == true, "C8")
        #expect(try await ann.logIn(path: "/api/auth/login?limited=maybe").status == 422, "C8")
    }

    @Test func anUpdateOfALicenceChangesWhatIsSentAndNothingElse() async throws {
        let ann = try await shop.customer("ann", seats: 3)
        let license = JSONValue.int(try #require(ann.licenseID))
        let login = try await ann.session()
        let same = try await shop.run("update-license", ["licenseId": license, "seats": 3])
        #expect(same["sessions"]?.items.count == 1, "C10: nothing changed")
        let renewed = try await shop.run(
            "update-license", ["licenseId": license, "validUntil": "2099-01-01", "keepSessions": true])
        #expect(renewed.at("license", "seats")?.int == 3, "C9")
        #expect(renewed["sessions"]?.items.count == 1, "C10: kept")
        try await shop.run("update-license", ["licenseId": license, "validUntil": "2098-01-01"])
        #expect(try await lab.refresh(login.refreshToken).code == "SESSION_REVOKED", "C10")
    }

    @Test func aUserWithWebhookTokensCanBeDeleted() async throws {
        _ = try await lab.verb(["create-admin", "second@example.com", "Second"])
        _ = try await lab.verb(["create-webhook", "Second", "--user", "second@example.com"])
        #expect(try await shop.run("delete-user", ["email": "second@example.com"]) == true, "C11")
    }

    @Test func anOrderMayComeTwice() async throws {
        let ann = try await shop.customer("ann")
        let refused = try await shop.call("create-user", ["email": .string(ann.email), "name": "Ann"])
        #expect(refused.status == 409, "C12")
        #expect(try refused.json()["userId"]?.int == ann.id, "C12")
        let order: JSONValue = [
            "email": .string(ann.email), "name": "Ann", "ifExists": "use",
            "license": ["validUntil": "never", "externalRef": "order-1"],
        ]
        let (first, second) = (try await shop.run("create-user", order), try await shop.run("create-user", order))
        #expect(first["id"]?.int == ann.id, "C12")
        #expect(second["licenses"]?.items.count == 1, "C13")
    }

    @Test func anAddressNamesAUserWhateverItsCase() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        for action in ["get-user", "revoke-all-user-sessions"] {
            #expect(try await shop.run(action, ["email": .string(ann.email)])["id"]?.int == ann.id, "C14")
        }
        #expect(try await shop.run("get-user", ["email": "ANN@Example.COM"])["id"]?.int == ann.id, "C21")
        #expect(try await shop.call("create-user", ["email": "Ann@example.com", "name": "A"]).status == 409, "C21")
    }

    @Test func aPasswordByCommandMeetsThePolicyAndEndsAllSessions() async throws {
        let ann = try await shop.customer("ann")
        let login = try await ann.session()
        let weak = try await shop.call("update-user", ["userId": .int(ann.id), "password": "password"])
        #expect(weak.code == "PASSWORD_TOO_WEAK", "C15")
        #expect(try await lab.refreshed(login).answer["accessToken"] != nil, "C15: nothing has happened")
        try await shop.run("update-user", ["userId": .int(ann.id), "password": "a brand new secret"])
        #expect(try await lab.refresh(login.refreshToken).code == "SESSION_REVOKED", "C15")
    }

    @Test(
        arguments: [
            ("delete-user", [:]), ("update-user", ["role": "OWNER"]), ("update-user", ["status": "INACTIVE"]),
        ] as [(String, [String: JSONValue])])
    func theLastAdministratorStays(action: String, change: [String: JSONValue]) async throws {
        let payload = change.merging(["email": .string(Lab.adminAddress)]) { $1 }
        #expect(try await shop.call(action, JSONValue(members: payload)).status == 409, "C19")
        _ = try await shop.administrator()
        try await shop.run("create-user", ["email": "two@example.com", "name": "Two", "role": "ADMIN"])
        let refused = try await shop.call(action, JSONValue(members: payload))
        #expect(refused.status == 409, "C19: the other one cannot log in")
    }

    @Test func usersComeInPages() async throws {
        for name in ["a", "b", "c"] {
            try await shop.run("create-user", ["email": .string("\(name)@example.com"), "name": .string(name)])
        }
        let headers = bearer(try await shop.administrator().session().accessToken)
        let page = try await lab.http.get("/api/users?limit=3", headers: headers).json()
        #expect(page["items"]?.items.count == 3, "C20")
        let cursor = try #require(page["nextCursor"]?.stringValue, "C20")
        let rest = try await lab.http.get("/api/users?limit=3&cursor=\(cursor)", headers: headers).json()
        #expect(rest["items"]?.items.count == 1 && rest["nextCursor"] == .null, "C20")
        #expect(try await lab.http.get("/api/users?limit=101", headers: headers).status == 422, "C20")
    }

    @Test func aLicencesEndHasManySpellingsAndNoTraps() async throws {
        let ann = try await shop.customer("ann")
        func license(_ end: JSONValue) async throws -> HTTPResponse {
            try await shop.call("create-license", ["userId": .int(ann.id), "validUntil": end])
        }
        for end in ["2030-01-01", "2030-01-01T02:00:00+0200", 1_893_456_000_000, "1893456000000"] as [JSONValue] {
            let made = try await license(end).json()
            #expect(made.at("response", "license", "validUntil") == "2030-01-01T00:00:00.000Z", "C22: \(end)")
        }
        #expect(try await license("never").json().at("response", "license", "validUntil") == .null, "C22")
        for end in [1_893_456_000, "2030-02-30", "soon"] as [JSONValue] {
            #expect(try await license(end).pointers == ["/validUntil"], "C22: \(end)")
        }
    }

    @Test func revokingTwiceMailsOnce() async throws {
        let ann = try await shop.customer("ann")
        let id = JSONValue.int(try #require(try await ann.session().sessionID))
        _ = try await lab.mailsSoFar(to: ann.email, shop: shop)
        for _ in 1...2 { try await shop.run("revoke-session", ["sessionId": id]) }
        #expect(try await lab.mailsSoFar(to: ann.email, shop: shop).count == 1, "C23")
    }

    @Test func whatWasDoneAndRefusedIsOnRecord() async throws {
        let ann = try await shop.customer("ann")
        _ = try await shop.call("create-user", ["email": .string(ann.email), "name": "Ann"])
        let headers = bearer(try await shop.administrator().session().accessToken)
        let entries = try await lab.http.get("/api/audit?limit=100", headers: headers).json()["items"]?.items ?? []
        let made = entries.filter { $0["action"] == "create-user" && $0.at("caller", "kind") == "webhook" }
        #expect(made.compactMap { $0["outcome"]?.stringValue } == ["done", "refused"], "C24")
    }
}
