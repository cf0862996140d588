import JSON
import Testing

/// Tokens in the wrong place, cut off, changed, foreign, expired: the answer says which kind came and which is wanted.
struct BadTokens {
    /// Every kind of token, and what it is called.
    private func kinds(_ office: Office) async throws -> [(token: String, name: String)] {
        let link = try await office.shop.run(
            "create-user", ["email": "eva@example.com", "name": "Eva", "notify": false])
        let url = try #require(link.at("invitation", "url")?.stringValue)
        return [
            (office.login.accessToken, "an access token"), (office.login.refreshToken, "a refresh token"),
            (office.shop.token, "a webhook token"),
            (try #require(url.split(separator: "=").last.map(String.init)), "a mail link's token"),
        ]
    }

    private func sets(_ token: String) -> Body {
        .json(["token": .string(token), "password": "copper meadow 17", "confirm": "copper meadow 17"])
    }

    @Test func everyKindInThePlaceOfEveryOtherIsNamed() async throws {
        let office = try await Office.open()
        let kinds = try await kinds(office)
        let http = office.lab.http
        let before = try await office.everything()
        for (token, name) in kinds {
            func wanted(_ kind: String) -> Refusal { .token("That is \(name). This takes \(kind)") }
            if name != "an access token" {
                for path in ["/api/users", "/api/audit", "/api/auth/sessions"] {
                    wanted("an access token").check(try await http.get(path, headers: bearer(token)), "\(path) \(name)")
                }
                for (method, path) in [("DELETE", "/api/auth/sessions"), ("POST", "/api/webhook/create")] {
                    let response = try await http.send(method, path, .json(["name": "Shop"]), headers: bearer(token))
                    wanted("an access token").check(response, "\(path) \(name)")
                }
                let change = try await http.post("/api/auth/change-password", .json([:]), headers: bearer(token))
                wanted("an access token").check(change, "change-password \(name)")
            }
            if name != "a webhook token" {
                let body = Body.json(["action": "list-users"])
                let byHeader = try await http.post("/api/webhook", body, headers: bearer(token))
                wanted("a webhook token").check(byHeader, "webhook \(name)")
                let byQuery = try await http.post("/api/webhook?token=\(token)", body)
                wanted("a webhook token").check(byQuery, "webhook by query \(name)")
            }
            if name != "a refresh token" {
                wanted("a refresh token, as `refreshToken`").check(
                    try await office.lab.refresh(token), "refresh \(name)")
                let byCookie = try await http.post(
                    "/api/auth/refresh-token", headers: ["Cookie": "refreshToken=\(token)"])
                wanted("a refresh token, as `refreshToken`").check(byCookie, "refresh by cookie \(name)")
                #expect(try await office.lab.logOut(token).status == 200, "logout \(name)")
            }
            if name != "a mail link's token" {
                wanted("a mail link's token").check(
                    try await http.post("/api/auth/create-password", sets(token)), "create-password \(name)")
                let page = try await http.get("/create-password?token=\(token)", headers: Page.browser)
                #expect(!page.text.contains(#"name="password""#), "the page \(name)")
            }
        }
        #expect(try await office.everything() == before)
        for (token, _) in kinds { #expect(!office.lab.log.contains(token)) }
    }

    @Test func whatIsCutOffChangedOrForeignIsRefused() async throws {
        let office = try await Office.open()
        let kinds = try await kinds(office)
        let before = try await office.everything()
        let http = office.lab.http
        // Of the same form, and from another server.
        let other = try await Office.open()
        let strangers = try await self.kinds(other).map(\.token)
        let last = { (token: String) in token.last == "A" ? "Q" : "A" }
        for (index, (token, name)) in kinds.enumerated() {
            for wrong in [String(token.dropLast(3)), token.dropLast() + last(token), strangers[index], token + "AAAA"] {
                let response =
                    switch name {
                    case "an access token": try await http.get("/api/auth/sessions", headers: bearer(wrong))
                    case "a refresh token": try await office.lab.refresh(wrong)
                    case "a webhook token":
                        try await http.post("/api/webhook", .json(["action": "list-users"]), headers: bearer(wrong))
                    default: try await http.post("/api/auth/create-password", sets(wrong))
                    }
                Refusal.token().check(response, name)
                #expect(!response.text.contains(wrong), "\(name)")
                #expect(!response.detail.contains("This takes"), "of the right kind, and wrong: \(response.detail)")
            }
        }
        #expect(try await office.everything() == before)
    }

    @Test func whatIsNoTokenAtAllIsToldWhatIsWanted() async throws {
        let office = try await Office.open()
        let before = try await office.everything()
        let http = office.lab.http
        let headers: [(String, String)] = [
            ("Bearer junk", "This takes an access token"), ("Bearer ", "Authorization"),
            ("Basic bWFyYTpzZWNyZXQ=", "`Authorization: Bearer <token>`"), ("Bearer", "Authorization"),
            ("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "access token is not valid"),
        ]
        for (header, says) in headers {
            let response = try await http.get("/api/users", headers: ["Authorization": header])
            Refusal.token(says).check(response, header)
        }
        Refusal.token("This route takes an access token").check(try await http.get("/api/users"), "none")
        Refusal.token("This route takes a webhook token", "?token=")
            .check(try await http.post("/api/webhook", .json(["action": "list-users"])), "none")
        Refusal.token("This takes a refresh token").check(try await http.post("/api/auth/refresh-token"), "none")
        Refusal.token("This takes a refresh token").check(try await office.lab.refresh("junk"), "junk")
        Refusal.token("This takes a mail link's token")
            .check(try await http.post("/api/auth/create-password", sets("junk")), "junk")
        Refusal.token("This takes a mail link's token")
            .check(try await http.post("/api/auth/create-password", sets("")), "empty")
        Refusal.input(["/refreshToken"], "`refreshToken` must be text").check(
            try await http.post("/api/auth/refresh-token", .json(["refreshToken": 5])), "a number")
        Refusal.input(["/token"], "`token` is required").check(
            try await http.post(
                "/api/auth/create-password", .json(["password": "copper meadow 17", "confirm": "copper meadow 17"])),
            "no token")
        #expect(try await office.everything() == before)
    }

    @Test func whatIsOverIsToldToBeOver() async throws {
        let office = try await Office.open()
        let kinds = try await kinds(office)
        let made = try await office.lab.http.post(
            "/api/webhook/create", .json(["name": "Short", "expiresIn": 60]),
            headers: bearer(office.adminLogin.accessToken))
        let webhook = try #require(try made.json()["token"]?.stringValue)
        let before = try await office.users()
        try await office.lab.advance(by: .seconds(601))
        let http = office.lab.http
        Refusal.token("expired", "Refresh it").check(
            try await http.get("/api/auth/sessions", headers: bearer(office.login.accessToken)), "access token")
        Refusal.token("expired").check(
            try await http.post("/api/webhook", .json(["action": "list-users"]), headers: bearer(webhook)), "webhook")
        try await office.lab.advance(by: .seconds(4 * 86_400))
        Refusal.token("expired", "Ask for a new one").check(
            try await http.post("/api/auth/create-password", sets(kinds[3].token)), "link")
        try await office.lab.advance(by: .seconds(180 * 86_400))
        Refusal(status: 401, code: "SESSION_REVOKED", says: ["Log in again"]).check(
            try await office.lab.refresh(office.login.refreshToken), "session")
        let after = try await office.shop.run("list-users")["items"]?.items.map { $0["updatedAt"] }
        #expect(after == before.map { $0["updatedAt"] })
    }
}
