import Foundation
import JSON
import TestSupport
import Testing

/// SIGHUP: overlay and mail templates are taken up whole, or not at all.
struct ReloadScenarios {
    private let settings = ["USHER_COMMANDS": "overlay.json", "USHER_TEMPLATES": "templates"]

    private func start(overlay: String = #"{"version":1,"commands":{}}"#) async throws -> Lab {
        let lab = try await Lab.idle(settings: settings)
        try lab.write(overlay, to: "overlay.json")
        try lab.write("Come in, {{name}}", to: "templates/set-password.subject.txt")
        try await lab.serve()
        return lab
    }

    /// Hangs up, and waits until the log has the line for the `count`th time.
    private func hangUp(_ lab: Lab, until line: String, count: Int = 1) async throws {
        lab.signal(SIGHUP)
        _ = try await eventually("\(line) in the log") {
            lab.log.split(separator: "\n").count { $0.contains(line) } >= count ? true : nil
        }
    }

    @Test func anOverlayIsTakenUpForAllLaterRequests() async throws {
        let lab = try await start()
        let shop = try await lab.shop()
        try await shop.run("create-user", ["email": "ann@example.com", "name": "Ann"])
        try lab.write(
            """
            {"version": 1, "commands": {
                "delete-user": {"disabled": true}, "get-user": {"aliases": ["show-user"]},
                "login": {"input": {"properties": {"password": {"pattern": "[0-9]"}}}},
                "create-license": {"input": {"required": ["externalRef"]}}}}
            """, to: "overlay.json")
        try await hangUp(lab, until: "reloaded overlay and mail templates")

        #expect(try await shop.call("delete-user", ["email": "ann@example.com"]).code == "ACTION_NOT_FOUND")
        #expect(
            try await lab.http.post(
                "/api/webhook", .json(["action": "show-user", "email": "ann@example.com"]), headers: bearer(shop.token)
            ).status == 200)
        let license: JSONValue = ["email": "ann@example.com", "validUntil": "never"]
        #expect(try await shop.call("create-license", license).pointers == ["/externalRef"])
        let login: JSONValue = ["email": "ann@example.com", "password": "walnut-harbour"]
        let weak = try await lab.http.post("/api/auth/login", .json(login))
        #expect(weak.status == 422 && weak.text.contains("must match the pattern") && !weak.text.contains("walnut"))
        let document = try await lab.http.get("/openapi.json").text
        #expect(!document.contains("\"delete-user\"") && document.contains("\"create-user\""))

        try lab.write(#"{"version":1,"commands":{}}"#, to: "overlay.json")
        try await hangUp(lab, until: "reloaded overlay and mail templates", count: 2)
        try await shop.run("delete-user", ["email": "ann@example.com"])
        #expect(try await lab.http.get("/openapi.json").text.contains("\"delete-user\""))
    }

    @Test func whatWasReloadedIsInTheAudit() async throws {
        let lab = try await start()
        let shop = try await lab.shop()
        try lab.write(#"{"version":1,"commands":{"delete-user":{"disabled":true}}}"#, to: "overlay.json")
        try await hangUp(lab, until: "changed=\"overlay: delete-user\"")
        let token = try await shop.administrator().session().accessToken
        let audit = try await eventually("the reload in the audit") {
            let items = try await lab.http.get("/api/audit?limit=100", headers: bearer(token)).json()["items"]?.items
            return items?.first { $0["action"] == "reload" }
        }
        #expect(audit.at("caller", "kind") == "system")
        #expect(audit["changes"]?.items.first?["to"] == ["delete-user": ["disabled": true]])
    }

    @Test func templatesAreTakenUpForAllLaterMails() async throws {
        let lab = try await start()
        let shop = try await lab.shop()
        try await shop.run("create-user", ["email": "ann@example.com", "name": "Ann"])
        #expect(try await lab.mail(to: "ann@example.com").subject == "Come in, Ann")
        try lab.write("Welcome aboard, {{name}}", to: "templates/set-password.subject.txt")
        try await hangUp(lab, until: "changed=\"templates: set-password.subject.txt\"")
        try await shop.run("create-user", ["email": "eva@example.com", "name": "Eva"])
        #expect(try await lab.mail(to: "eva@example.com").subject == "Welcome aboard, Eva")
    }

    @Test func aMistakeInOneFileKeepsAllAsItWas() async throws {
        let lab = try await start()
        let shop = try await lab.shop()
        try lab.write(
            #"{"version":1,"commands":{"delete-user":{"disabled":true},"get-usr":{},"get-user":{"disable":true}}}"#,
            to: "overlay.json")
        try lab.write("Welcome, {{nme}}", to: "templates/set-password.subject.txt")
        try await hangUp(lab, until: "not reloaded")
        let line = try #require(lab.log.split(separator: "\n").first { $0.contains("not reloaded") })
        for part in [
            "overlay.json: /commands/get-usr", "did you mean `get-user`", "/commands/get-user/disable",
            "set-password.subject.txt:1",
        ] {
            #expect(line.contains(part), "\(part) in \(line)")
        }
        try await shop.run("create-user", ["email": "ann@example.com", "name": "Ann"])
        #expect(try await lab.mail(to: "ann@example.com").subject == "Come in, Ann")
        try await shop.run("delete-user", ["email": "ann@example.com"])

        try lab.write("Welcome, {{name}}", to: "templates/set-password.subject.txt")
        try lab.write(#"{"version":1,"commands":{"delete-user":{"disabled":true}}}"#, to: "overlay.json")
        try await hangUp(lab, until: "reloaded overlay and mail templates")
        #expect(try await shop.call("delete-user", ["email": "ann@example.com"]).code == "ACTION_NOT_FOUND")
    }

    @Test func aVerbReloadsAndTellsWhatChanged() async throws {
        let lab = try await start()
        let shop = try await lab.shop()
        #expect(try await lab.verb(["reload"]).output == "The server has reloaded; nothing had changed.\n")
        try lab.write(#"{"version":1,"commands":{"delete-user":{"disabled":true}}}"#, to: "overlay.json")
        let reloaded = try await lab.verb(["reload"])
        #expect(reloaded.status == 0 && reloaded.output == "The server has reloaded. overlay: delete-user.\n")
        #expect(try await shop.call("delete-user", ["email": "ann@example.com"]).code == "ACTION_NOT_FOUND")

        try lab.write(#"{"version":1,"commands":{"get-usr":{}}}"#, to: "overlay.json")
        #expect(try await lab.stop()?.status == 0)
        let late = try await lab.verb(["reload"])
        #expect(late.status == 78)
        try lab.write(#"{"version":1,"commands":{}}"#, to: "overlay.json")
        let nobody = try await lab.verb(["reload"])
        #expect(nobody.status == 1 && nobody.errors.contains("No server runs on the data folder"), "\(nobody.errors)")
    }

    @Test func whatTheServerRefusesTheVerbTheLogAndTheAuditTell() async throws {
        let lab = try await start()
        let shop = try await lab.shop()
        try lab.write(#"{"version":1,"commands":{"get-usr":{},"get-user":{"disable":true}}}"#, to: "overlay.json")
        let refused = try await lab.verb(["reload"])
        #expect(refused.status == 78)
        #expect(lab.log.contains("not reloaded"))
        for part in ["The server refused to reload", "/commands/get-usr: ", "/commands/get-user/disable: "] {
            #expect(refused.errors.contains(part), "\(part) in \(refused.errors)")
        }
        let token = try await shop.administrator().session().accessToken
        let items = try await lab.http.get("/api/audit?limit=100", headers: bearer(token)).json()["items"]?.items
        let audit = try #require(items?.first { $0["action"] == "reload" })
        #expect(audit["outcome"] == "refused" && audit["code"] == "INVALID_INPUT")
        let problems = audit["changes"]?.items.first?.at("to", "problems")?.items.compactMap(\.stringValue)
        #expect(problems?.count == 2, "\(problems ?? [])")
    }

    @Test func filesThatOnlyTheVerbHasAreCheckedToo() async throws {
        let lab = try await start()
        try lab.write(#"{"version":1,"commands":{"get-usr":{}}}"#, to: "other.json")
        let told = try await lab.bare(
            ["reload", "--data", lab.data.path()], environment: ["USHER_COMMANDS": "other.json", "USHER_TEMPLATES": ""])
        #expect(told.output == "The server has reloaded; nothing had changed.\n")
        #expect(told.status == 78 && told.errors.contains("did you mean `get-user`?"), "\(told.errors)")
    }

    @Test func aHangUpDuringTheStartIsObeyedAfterIt() async throws {
        let lab = try await Lab.idle(settings: settings)
        try lab.write(#"{"version":1,"commands":{}}"#, to: "overlay.json")
        try lab.write("Come in", to: "templates/set-password.subject.txt")
        async let serving: Void = lab.serve()
        _ = try await eventually("the data folder") { lab.hasDataFolder ? true : nil }
        lab.signal(SIGHUP)
        try await serving
        _ = try await eventually("the reload") { lab.log.contains("reloaded overlay") ? true : nil }
        #expect(try await lab.stop()?.status == 0)
    }
}
