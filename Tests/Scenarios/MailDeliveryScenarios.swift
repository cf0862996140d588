import Foundation
import JSON
import TestSupport
import Testing

/// Mail over SMTP from outside: what an administrator sees when it does not go, and that none is lost.
struct MailDeliveryScenarios {
    let smtp: FakeSMTPServer
    let lab: Lab

    init() async throws {
        smtp = try FakeSMTPServer()
        lab = try await Lab.start(settings: [
            "USHER_SMTP_URL": "smtp://127.0.0.1:\(smtp.port)", "USHER_MAIL_FROM": "Usher <noreply@example.com>",
            "USHER_PUBLIC_URL": "http://localhost:8080",
        ])
    }

    private func mail() async throws -> JSONValue {
        let response = try await lab.http.get("/readyz")
        #expect(response.status == 200, "paused mail sends nobody elsewhere")
        return try #require(try response.json()["mail"])
    }

    private func waitUntilMail(is state: String) async throws -> JSONValue {
        try await eventually("mail to be \(state)") {
            let mail = try await mail()
            // A bare `nil` would be JSON's.
            return mail["state"]?.stringValue == state ? .some(mail) : .none
        }
    }

    private func waitUntilNoneWaits() async throws {
        _ = try await eventually("the last mail") { try await mail()["waiting"] == 0 ? true : nil }
    }

    @Test func whatIsWrongIsSeenByEverybodyAndWhyByTheAdministrator() async throws {
        let shop = try await lab.shop()
        try await waitUntilNoneWaits()
        smtp.change { $0.answers["MAIL"] = "530 5.7.0 go away, relay-7.internal.example" }
        try await shop.run("create-user", ["email": "ann@example.com", "name": "Ann"])
        let paused = try await waitUntilMail(is: "paused")
        #expect(paused["waiting"] == 1)
        #expect(paused["reason"] == "The mail server does not let this server log in. It answered 530.")
        #expect(paused["oldest"]?.stringValue?.hasSuffix("Z") == true)
        #expect(paused["nextTryAt"]?.stringValue?.hasSuffix("Z") == true)
        let text = try await lab.http.get("/readyz").text
        #expect(!text.contains("relay-7") && !text.contains("127.0.0.1") && !text.contains("ann@"))
        #expect(lab.log.contains("relay-7.internal.example"))

        let waiting = try await shop.run("list-mails", ["state": "waiting"])["items"]?.items ?? []
        #expect(waiting.count == 1)
        #expect(waiting.first?["to"] == "ann@example.com")
        #expect(waiting.first?["code"] == 530)
        #expect(waiting.first?["answer"]?.stringValue?.contains("go away") == true)

        // By itself, once the server is right again.
        smtp.change { $0.answers = [:] }
        try await lab.advance(by: .seconds(600))
        try await waitUntilNoneWaits()
        let ok = try await waitUntilMail(is: "ok")
        #expect(ok == ["state": "ok", "waiting": 0, "oldest": nil, "reason": nil, "nextTryAt": nil])
        #expect(smtp.bodies.count { $0.contains("To: Ann <ann@example.com>") } == 1)
    }

    @Test func aMailThatNobodyWillGetIsOnRecord() async throws {
        let shop = try await lab.shop()
        smtp.change { $0.answers["RCPT TO:<ann@example.com>"] = "550 5.1.1 no such user here" }
        let ann = try await shop.customer("ann")
        let failed = try await eventually("the failures") {
            let items = try await shop.run("list-mails", ["state": "failed"])["items"]?.items ?? []
            return items.isEmpty ? nil : items
        }
        #expect(failed.first?["answer"] == "5.1.1 no such user here")
        #expect(failed.first?["attempts"] == 1)
        let list = try await shop.call("list-mails").text
        #expect(!list.contains("token") && !list.contains("ush_pw_"), "no link, and nothing to make one of")

        let admin = try await lab.verb([
            "run", "update-user", "--payload", #"{"userId":1,"password":"walnut harbour 52"}"#,
        ])
        #expect(admin.status == 0, "\(admin.errors)")
        let login = try await lab.http.post(
            "/api/auth/login", .json(["email": .string(Lab.adminAddress), "password": "walnut harbour 52"]))
        let token = try #require(try login.json()["accessToken"]?.stringValue)
        let audit = try await lab.http.get("/api/audit?limit=100", headers: bearer(token)).json()
        try OutputSchemas.check(audit, of: "list-audit")
        let rows = (audit["items"]?.items ?? []).filter { $0["action"] == "send-mail" }
        let row = try #require(rows.first { $0["requestId"] == failed.first?["messageId"] })
        #expect(row["caller"] == ["kind": "system", "id": nil, "userId": nil])
        #expect(row.at("changes")?.items.first?["to"]?["code"] == 550)
        #expect(ann.id > 0)
    }

    @Test func noMailIsLostWhenTheServerIsKilledAndFewGoTwice() async throws {
        let (kills, users) = (10, 150)
        let shop = try await lab.shop()
        try await waitUntilNoneWaits()
        // Nothing goes before all is there to go.
        smtp.change { $0.answers["MAIL"] = "450 4.3.2 later" }
        for number in 0..<users {
            try await shop.run("create-user", ["email": .string("user\(number)@example.com"), "name": "User"])
        }
        try await lab.kill()
        smtp.change { $0.answers = [:] }
        for kill in 1...kills {
            // Each time some mails are taken and some are taken without an answer: the worst moment there is.
            let answered = smtp.bodies.count + 4 + kill % 4
            smtp.change { $0.maximumMessages = answered }
            try await lab.serve()
            // What failed before is due later than the rest.
            try await lab.advance(by: .seconds(3600))
            _ = try await eventually("mails in doubt") { smtp.bodies.count > answered ? true : nil }
            try await lab.kill()
        }
        smtp.change { $0.maximumMessages = .max }
        try await lab.serve()
        try await lab.advance(by: .seconds(3600))
        try await waitUntilNoneWaits()

        let copies = Dictionary(grouping: smtp.bodies.filter { $0.contains("@example.com>\r\n") }, by: Self.recipient)
            .filter { $0.key.hasPrefix("user") }
        #expect(copies.count == users, "each at least once")
        for (recipient, bodies) in copies {
            #expect(bodies.count <= 1 + kills, "\(recipient)")
            #expect(Set(bodies).count == 1, "a second copy is the same mail, with the same link: \(recipient)")
        }
        let again = copies.values.reduce(0) { $0 + $1.count - 1 }
        #expect(again <= kills * 8, "only mails that a lane had in hand go again")
        let sent = try await shop.run("list-mails", ["state": "sent", "limit": 100])
        #expect(sent["items"]?.items.count == 100 && sent["nextCursor"]?.stringValue != nil)
    }

    private static func recipient(_ body: String) -> String {
        String(body.firstMatch(of: /\r\nTo: [^<\r]*<([^>]+)>/)?.1 ?? "nobody")
    }
}
