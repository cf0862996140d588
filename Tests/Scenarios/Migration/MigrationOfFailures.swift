import Foundation
import JSON
import TestSupport
import Testing

/// Failures and settings, as `docs/migrating.md` says that they differ.
struct MigrationOfFailures {
    @Test func aFailureHasACodeAStatusAndASentence() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        let wrong = try await shop.call("get-user", ["userId": "x"])
        #expect(wrong.header("content-type")?.hasPrefix("application/problem+json") == true, "F1")
        let problem = try wrong.json()
        #expect(problem["code"] == "INVALID_INPUT" && problem["errors"]?.items.isEmpty == false, "F1")
        #expect(problem["error"] == problem["detail"] && !wrong.detail.isEmpty, "F1")

        let ann = try await shop.customer("ann")
        let token = try await ann.session().accessToken
        let statuses = [
            try await lab.http.get("/api/users").status,
            try await lab.http.get("/api/users", headers: bearer(token)).status,
            try await shop.call("get-user", ["userId": 999]).status,
            try await shop.call("create-user", ["email": .string(ann.email), "name": "Ann"]).status,
            wrong.status,
        ]
        #expect(statuses == [401, 403, 404, 409, 422], "F2")
    }

    @Test func whatIsNotHTTPAsItShouldBeIsToldApart() async throws {
        let lab = try await Lab.start()
        func login(_ text: String, type: String = "application/json") async throws -> HTTPResponse {
            try await lab.http.post("/api/auth/login", .raw(text, type: type))
        }
        #expect(try await lab.http.get("/api/auth/login").status == 405, "F3")
        #expect(try await lab.http.get("/", headers: ["Host": "evil.example.com"]).status == 421, "F3")
        #expect(try await login(String(repeating: " ", count: 65_537)).status == 413, "F3")
        #expect(try await login("email=x", type: "text/plain").status == 415, "F3")
        for text in [#"{"email":"a","email":"b"}"#, "{} {}", "{"] {
            #expect(try await login(text).code == "INVALID_JSON", "F5: \(text)")
        }
        for path in ["/healthz", "/nowhere", "/api/users", "/"] {
            #expect(try await lab.http.get(path).header("x-request-id")?.isEmpty == false, "F4: \(path)")
        }
        let id = try #require(try await lab.http.get("/nowhere").json()["requestId"]?.stringValue)
        #expect(lab.log.contains(id), "F4")
    }

    @Test(arguments: ["APP_URL", "JWT_SECRET", "JWT_EXPIRES_IN"])
    func anOldSettingOfTheEnvironmentStopsTheStart(name: String) async throws {
        let finished = try await Lab.idle(settings: [name: "https://example.com"]).verb(["serve"])
        #expect(finished.status == 78 && finished.errors.contains(name))
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "the run on PostgreSQL sets USHER_DATABASE_URL"))
    func oldSettingsInDotEnvAreNamedWithWhatTheyAreCalledHere() async throws {
        let lab = try await Lab.idle()
        let old = [
            "APP_URL", "APP_NAME", "JWT_SECRET", "JWT_REFRESH", "SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD",
            "MAIL_HOST", "EMAIL_SERVER", "SMTP_FROM", "MAIL_FROM", "EMAIL_FROM", "DATABASE_URL", "HOST", "LOG_LEVEL",
        ]
        let text = old.map { "\($0)=1\n" }.joined()
        try Data(text.utf8).write(to: lab.folder.appending(path: ".env"))
        let finished = try await lab.bare(["check"])
        #expect(finished.status == 78)
        func advice(_ name: String) -> String {
            finished.errors.split(separator: "\n").first { $0.contains("\(name) in ") }.map(String.init) ?? ""
        }
        #expect(advice("APP_URL").contains("USHER_PUBLIC_URL"), "E1")
        #expect(advice("APP_URL").contains("USHER_APP_URL"), "E1")
        #expect(advice("APP_NAME").contains("USHER_APP_NAME"), "E2")
        for name in ["JWT_SECRET", "JWT_REFRESH"] { #expect(advice(name).contains("USHER_MASTER_KEY"), "E3") }
        for name in ["SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "MAIL_HOST", "EMAIL_SERVER"] {
            #expect(advice(name).contains("USHER_SMTP_URL=smtp://user:password@host:587"), "E4: \(name)")
        }
        for name in ["SMTP_FROM", "MAIL_FROM", "EMAIL_FROM"] {
            #expect(advice(name).contains("USHER_MAIL_FROM"), "E5: \(name)")
        }
        #expect(advice("DATABASE_URL").contains("USHER_DATABASE_URL"), "E6")
        #expect(advice("HOST").contains("USHER_HOST"), "E7")
        #expect(advice("LOG_LEVEL").contains("USHER_LOG_LEVEL"), "E7")
    }
}
