import JSON
import TestSupport
import Testing

/// All that is wrong with an input is told at once, also what no schema can say.
struct AllMistakes {
    @Test func ofACommand() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        let user = try await office.webhook(
            #"""
            {"action": "create-user", "email": "ann@example..com", "name": "  ", "role": "KING", "oops": 1,
             "license": {"validUntil": "2027-02-30", "seats": 0, "seat": 1}}
            """#)
        Refusal.input(
            ["/email", "/name", "/role", "/oops", "/license/validUntil", "/license/seats", "/license/seat"],
            "(and 6 more mistakes, see `errors`)", "2027-02-28"
        ).check(user, "create-user")
        let undeliverable = try await office.shop.call(
            "create-user", ["email": .string("ä@example.com"), "name": "", "license": ["validUntil": "01/02/2027"]])
        Refusal.input(["/email", "/name", "/license/validUntil"]).check(undeliverable, "create-user")
        let license = try await office.shop.call("create-license", ["validUntil": 1_798_761_600, "seats": "three"])
        Refusal.input(["", "/validUntil", "/seats"], "No user is named", "looks like seconds")
            .check(license, "create-license")
        let change = try await office.shop.call("update-license", ["validUntil": "2027-02-30", "seats": 0])
        Refusal.input(["", "/validUntil", "/seats"], "No licence is named").check(change, "update-license")
        let update = try await office.shop.call(
            "update-user",
            ["email": "ann@example.com", "newEmail": "ä@example.com", "password": "short", "role": "KING"])
        Refusal.input(["/newEmail", "/password", "/role"], "at least 8 characters").check(update, "update-user")
        #expect(!update.text.contains("short"))
        #expect(try await office.everything() == before)
        office.checkLog()
    }

    @Test func ofAnAuthRoute() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        let http = office.lab.http
        let create: JSONValue = ["password": "short", "confirm": "shore", "extra": 1]
        Refusal.input(["/token", "/password", "/confirm", "/extra"], "at least 8 characters").check(
            try await http.post("/api/auth/create-password", .json(create)), "create-password")
        let change: JSONValue = ["oldPassword": 5, "password": "password1", "confirm": "password2"]
        let changed = try await http.post(
            "/api/auth/change-password", .json(change), headers: bearer(office.login.accessToken))
        Refusal.input(["/oldPassword", "/password", "/confirm"], "most common").check(changed, "change-password")
        let login: JSONValue = ["email": 5, "limited": "maybe", "expiresIn": 0, "deviceId": "", "seat": 1]
        Refusal.input(["/email", "/password", "/limited", "/expiresIn", "/deviceId", "/seat"]).check(
            try await http.post("/api/auth/login", .json(login)), "login")
        Refusal.input(["/email"], "such as anna@example.com").check(
            try await http.post("/api/auth/reset-password", .json(["email": "ann"])), "reset-password")
        let webhook: JSONValue = ["name": "   ", "actions": ["create-usr", "list-users", 5], "expiresIn": -1]
        let made = try await http.post(
            "/api/webhook/create", .json(webhook), headers: bearer(office.adminLogin.accessToken))
        Refusal.input(
            ["/name", "/actions/0", "/actions/2", "/expiresIn"], "`create-user`", "of 3 to 200 characters", "not only"
        ).check(made, "webhook/create")
        #expect(try await office.everything() == before)
        office.checkLog()
    }

    @Test func onTheCommandLine() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        let payload = #"{"email": "ann@example..com", "name": " ", "license": {"validUntil": "2027-02-30"}}"#
        let run = try await office.lab.verb(["run", "create-user", "--payload", payload])
        #expect(run.status == 1 && run.output.isEmpty)
        for place in ["/email: ", "/name: ", "/license/validUntil: "] {
            #expect(run.errors.contains(place), "\(run.errors)")
        }
        for (action, payload) in [("create-usr", "{}"), ("create-user", "{"), ("get-user", "{}"), ("get-user", "[]")] {
            let run = try await office.lab.verb(["run", action, "--payload", payload])
            #expect(run.status == 1 && !run.errors.isEmpty && run.output.isEmpty, "\(action) \(payload)")
        }
        #expect(try await office.everything() == before)
    }

    @Test func ofAPage() async throws {
        let office = try await Office.open()
        let made = try await office.shop.run(
            "create-user", ["email": "eva@example.com", "name": "Eva", "notify": false])
        let url = try #require(made.at("invitation", "url")?.stringValue)
        let before = try await office.everything()
        let target = String(try #require(url.firstMatch(of: /\/create-password.*/)).0)
        let page = try await Page.open(target, office.lab.http)
        let long = String(repeating: "x y", count: 683)
        for (password, confirm, says) in [
            ("short", "shore", ["at least 8 characters", "not the same"]), (long, long, ["at most 1024 bytes"]),
        ] {
            let response = try await page.submit([("password", password), ("confirm", confirm)])
            #expect(response.status == 422, "\(response.status)")
            for part in says { #expect(response.text.contains(part), "no “\(part)” in \(response.text)") }
        }
        let reset = try await Page.open("/reset-password", office.lab.http)
        #expect(try await reset.submit([("email", "ann")]).status == 422)
        #expect(try await reset.submit([("email", "ann@example.com"), ("email", "x@example.com")]).status == 422)
        #expect(try await office.everything() == before)
    }

    @Test func aLoginWithAHugePasswordIsAWrongLogin() async throws {
        let office = try await Office.open()
        let before = try await office.users()
        var ann = office.ann
        ann.password = String(repeating: "x", count: 2048)
        Refusal(status: 401, code: "INVALID_CREDENTIALS").check(try await ann.logIn(), "2 KiB")
        ann.password = "nul\u{0}nul"
        Refusal.input(["/password"], "NUL").check(try await ann.logIn(), "NUL")
        #expect(try await office.users() == before)
    }
}
