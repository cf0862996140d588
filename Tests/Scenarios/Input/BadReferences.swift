import JSON
import Testing

/// What is named and not there, named twice, named not at all, or must stay.
struct BadReferences {
    @Test func whatIsNotNamedIsToldHowToNameIt() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        let user = Refusal.input([""], "No user is named", "`userId`", "`email`")
        let license = Refusal.input([""], "No licence is named", "`licenseId`", "`externalRef`")
        let actions: [(String, Refusal, names: [String])] = [
            ("get-user", user, ["userId", "email"]), ("update-user", user, ["userId", "email"]),
            ("delete-user", user, ["userId", "email"]), ("revoke-all-user-sessions", user, ["userId", "email"]),
            ("update-license", license, ["licenseId", "externalRef"]),
            ("delete-license", license, ["licenseId", "externalRef"]),
        ]
        for (action, refusal, names) in actions {
            for given in [[], [names[0]], [names[1]], names] {
                let payload = JSONValue(members: Dictionary(uniqueKeysWithValues: given.map { ($0, JSONValue.null) }))
                refusal.check(try await office.shop.call(action, payload), "\(action) \(payload.text)")
            }
        }
        let create = try await office.shop.call("create-license", ["userId": nil])
        Refusal.input(["", "/validUntil"], "No user is named", "`validUntil` is required").check(create, "both missing")
        for (action, name) in [("revoke-session", "sessionId"), ("revoke-webhook", "webhookId")] {
            Refusal.input(["/\(name)"], "`\(name)` is required").check(try await office.shop.call(action), action)
            let null = try await office.shop.call(action, JSONValue(members: [name: .null]))
            Refusal.input(["/\(name)"], "`\(name)` must be an id, a whole number from 1").check(null, "\(action) null")
        }
        #expect(try await office.everything() == before)
    }

    @Test func anIdIsAWholeNumber() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        let rule = "must be an id, a whole number from 1 such as 12"
        let values: [(String, String)] = [
            ("0", "at least 1"), ("-7", "at least 1"), ("1.5", rule), ("1e400", "at most 999999999999999"),
            (#""x""#, rule), (#"" 1""#, rule), (#""01""#, rule), (#""1 OR 1=1""#, rule), ("true", rule), ("[1]", rule),
            ("{}", rule), (#""99999999999999999999""#, rule), (#""1\u0000""#, "NUL"),
        ]
        for (action, name) in [
            ("get-user", "userId"), ("delete-user", "userId"), ("create-license", "userId"),
            ("delete-license", "licenseId"), ("revoke-session", "sessionId"), ("revoke-webhook", "webhookId"),
        ] {
            let more = action == "create-license" ? #", "validUntil": "never""# : ""
            for (value, says) in values {
                let response = try await office.webhook(#"{"action": "\#(action)", "\#(name)": \#(value)\#(more)}"#)
                Refusal.input(["/\(name)"], "`\(name)`", says).check(response, "\(action) \(value)")
            }
        }
        let list = try await office.lab.http.get(
            "/api/users?userId=x", headers: bearer(office.adminLogin.accessToken))
        Refusal.input(["/userId"], rule).check(list, "in the query")
        let session = try await office.lab.http.send(
            "DELETE", "/api/auth/sessions/x", headers: bearer(office.login.accessToken))
        Refusal.input(["/sessionId"], rule).check(session, "in the path")
        #expect(try await office.everything() == before)
    }

    @Test func whatIsNotThereIsNotFound() async throws {
        let office = try await Office.open()
        let before = try await office.users()
        let calls: [(String, JSONValue, String)] = [
            ("get-user", ["userId": 4711], "user 4711"), ("get-user", ["email": "no@example.com"], "no@example.com"),
            ("update-user", ["userId": 4711, "name": "X"], "user 4711"), ("delete-user", ["userId": 4711], "user 4711"),
            ("update-user", ["userId": 4711, "password": "walnut harbour 52"], "user 4711"),
            ("revoke-all-user-sessions", ["userId": 4711], "user 4711"),
            ("create-license", ["userId": 4711, "validUntil": "never"], "user 4711"),
            ("update-license", ["licenseId": 4711, "seats": 2], "licence 4711"),
            ("delete-license", ["externalRef": "no order"], "`no order`"),
            ("revoke-session", ["sessionId": 4711], "session 4711"),
            ("revoke-webhook", ["webhookId": 4711], "webhook 4711"),
        ]
        for (action, payload, says) in calls {
            Refusal(status: 404, code: "NOT_FOUND", says: ["There is no \(says.contains("@") ? "user" : "")", says])
                .check(try await office.shop.call(action, payload), "\(action) \(payload.text)")
        }
        let other = try #require(office.adminLogin.sessionID)
        let foreign = try await office.lab.http.send(
            "DELETE", "/api/auth/sessions/\(other)", headers: bearer(office.login.accessToken))
        Refusal(status: 404, code: "NOT_FOUND", says: ["session \(other)"]).check(foreign, "somebody else's session")
        #expect(try await office.users() == before)
    }

    @Test func theSameAgainIsAConflictThatNamesWhatIsThere() async throws {
        let office = try await Office.open()
        try await office.shop.run("create-user", ["email": "ben@example.com", "name": "Ben", "externalRef": "c-1"])
        try await office.shop.run(
            "create-license", ["email": "ben@example.com", "validUntil": "never", "externalRef": "order-1"])
        let before = try await office.users()
        let id = office.ann.id
        func conflict(_ says: String...) -> Refusal { Refusal(status: 409, code: "CONFLICT", says: says) }
        for email in ["ann@example.com", "ANN@Example.COM"] {
            let again = try await office.shop.call("create-user", ["email": .string(email), "name": "Ann"])
            conflict("user \(id)", #"`"ifExists": "use"`"#).check(again, email)
            #expect(try again.json()["userId"]?.int == id)
        }
        let calls: [(String, JSONValue, String)] = [
            ("create-user", ["email": "new@example.com", "name": "New", "externalRef": "c-1"], "`c-1`"),
            ("update-user", ["userId": .int(id), "newEmail": "BEN@example.com"], "belongs to user"),
            ("get-user", ["userId": .int(id), "email": "ben@example.com"], "Send one of the two"),
            ("get-user", ["userId": .int(id), "email": "no@example.com"], "belongs to nobody"),
            ("create-license", ["userId": .int(id), "validUntil": "never", "externalRef": "order-1"], "`order-1`"),
            (
                "delete-license", ["licenseId": .int(try #require(office.ann.licenseID)), "externalRef": "order-1"],
                "different licences"
            ),
        ]
        for (action, payload, says) in calls {
            conflict(says).check(try await office.shop.call(action, payload), "\(action) \(payload.text)")
        }
        #expect(try await office.users() == before)
    }

    @Test func theLastAdministratorWhoCanLogInStays() async throws {
        let office = try await Office.open()
        let before = try await office.users()
        let leave: [(String, JSONValue)] = [
            ("delete-user", [:]), ("update-user", ["role": "OWNER"]), ("update-user", ["status": "INACTIVE"]),
        ]
        func call(_ action: String, _ id: Int, _ change: JSONValue) async throws -> HTTPResponse {
            var payload = change.objectValue ?? [:]
            payload["userId"] = .int(id)
            return try await office.shop.call(action, .object(payload))
        }
        for (action, change) in leave {
            Refusal(status: 409, code: "CONFLICT", says: ["last active administrator", "role ADMIN"])
                .check(try await call(action, office.admin.id, change), action)
        }
        #expect(try await office.users() == before)

        // Invited, and not come: who has no password cannot log in.
        let second = try await office.shop.run(
            "create-user", ["email": "two@example.com", "name": "Two", "role": "ADMIN", "notify": false])
        let id = try #require(second["id"]?.int)
        for (action, change) in leave {
            Refusal(
                status: 409, code: "CONFLICT", says: ["last administrator who can log in", "user \(id)", "password"]
            )
            .check(try await call(action, office.admin.id, change), "\(action) beside one without a password")
        }
        // INACTIVE, with a password.
        #expect(
            try await call("update-user", id, ["password": "copper meadow 17", "status": "INACTIVE"]).status == 200)
        #expect(try await call("delete-user", office.admin.id, [:]).status == 409)
        #expect(try await call("update-user", id, ["status": "ACTIVE"]).status == 200)
        #expect(try await call("update-user", office.admin.id, ["role": "OWNER"]).status == 200)
    }

    @Test func anAdministratorWithoutAPasswordCanBeChangedAndRemoved() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        try await shop.run("update-user", ["email": .string(Lab.adminAddress), "name": "Mara L."])
        #expect(try await shop.call("delete-user", ["email": .string(Lab.adminAddress)]).status == 409, "the only one")
        for name in ["two", "three"] {
            let email = JSONValue.string("\(name)@example.com")
            try await shop.run("create-user", ["email": email, "name": "X", "role": "ADMIN"])
        }
        try await shop.run("delete-user", ["email": "three@example.com"])
        _ = try await shop.administrator()
        try await shop.run("update-user", ["email": "two@example.com", "role": "OWNER"])
    }
}
