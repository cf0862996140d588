import Foundation
import JSON
import TestSupport
import Testing

/// `usher doctor`: what works, what does not, and how to mend it.
struct DoctorScenarios {
    /// The findings on one subject.
    private func findings(_ finished: Finished, _ subject: String) -> [String] {
        finished.output.split(separator: "\n").map(String.init).filter { $0.contains(" \(subject): ") }
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "the tests' PostgreSQL does not sync, and is not well"))
    func aHealthyServerIsFoundWell() async throws {
        let lab = try await Lab.start()
        let finished = try await lab.bare(
            ["doctor", "--data", lab.data.path()], environment: ["USHER_PUBLIC_URL": "http://127.0.0.1:\(lab.port)"])
        #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
        for subject in ["start", "permissions", "database", "schema", "mails", "public URL"] {
            let lines = findings(finished, subject)
            #expect(lines.contains { $0.hasPrefix("ok ") }, "\(subject) in: \(finished.output)")
        }
        #expect(findings(finished, "public URL").first?.contains("leads to this server") == true)
        #expect(findings(finished, "mail").first?.hasPrefix("warning") == true, "mails are files")
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "the tests' PostgreSQL does not sync, and is not well"))
    func aStoppedServersFolderStaysAsItIs() async throws {
        let lab = try await Lab.start()
        try await lab.stop()
        let before = try lab.contents()
        let finished = try await lab.verb(["doctor"])
        #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
        #expect(findings(finished, "public URL").first?.contains("no server runs") == true, "\(finished.output)")
        #expect(try lab.contents() == before)
    }

    @Test func aPublicURLThatNobodyAnswersIsAProblem() async throws {
        let lab = try await Lab.start(settings: ["USHER_PUBLIC_URL": "http://127.0.0.1:\(try freePort())"])
        let finished = try await lab.verb(["doctor"])
        #expect(finished.status == 1)
        #expect(findings(finished, "public URL").first?.hasPrefix("problem") == true, "\(finished.output)")
        #expect(finished.output.contains("Nothing answers there"))
    }

    @Test func aPublicURLThatLeadsElsewhereIsAProblem() async throws {
        let other = try await Lab.start()
        let lab = try await Lab.start()
        let finished = try await lab.bare(
            ["doctor", "--data", lab.data.path()],
            environment: ["USHER_PUBLIC_URL": "http://127.0.0.1:\(other.port)"])
        #expect(finished.status == 1)
        #expect(findings(finished, "public URL").first?.contains("another Usher") == true, "\(finished.output)")
    }

    @Test func whatOthersMayReadIsAWarning() async throws {
        let lab = try await Lab.start()
        unsafe chmod(lab.data.appending(path: "master.key").path(), 0o644)
        let finished = try await lab.verb(["doctor"])
        let line = findings(finished, "permissions").first
        #expect(line?.hasPrefix("warning") == true && line?.contains("master.key") == true, "\(finished.output)")
    }

    @Test func aClockBeforeWhatWasWrittenIsAProblem() async throws {
        let lab = try await Lab.start()
        try await lab.advance(by: .seconds(86_400))
        _ = try await lab.shop()
        let finished = try await lab.bare(
            ["doctor", "--data", lab.data.path()], environment: ["LAB_CLOCK_OFFSET_MS": "0"])
        #expect(finished.status == 1)
        #expect(
            findings(finished, "clock").first?.contains("the database has been written to at") == true,
            "\(finished.output)")
    }

    @Test func wrongSettingsAreListedFirst() async throws {
        let lab = try await Lab.idle(settings: ["USHER_SEAT_IDLE": "soon"])
        let finished = try await lab.verb(["doctor"])
        #expect(finished.status == 1)
        #expect(finished.output.hasPrefix("problem  start: USHER_SEAT_IDLE"), "\(finished.output)")
    }

    // MARK: The mail server

    private func mailSettings(port: Int, _ login: String) -> [String: String] {
        [
            "USHER_SMTP_URL": "smtp://\(login)@127.0.0.1:\(port)", "USHER_MAIL_FROM": "usher@example.com",
            "USHER_PUBLIC_URL": "http://localhost:8080",
        ]
    }

    @Test func aMailServerThatIsNotThereIsAProblem() async throws {
        let port = try freePort()
        let lab = try await Lab.idle(settings: mailSettings(port: port, "ann:s3cret"))
        let finished = try await lab.verb(["doctor"])
        #expect(finished.status == 1)
        let line = findings(finished, "mail").first
        #expect(line?.hasPrefix("problem") == true && line?.contains("127.0.0.1:\(port)") == true, "\(finished.output)")
        #expect(finished.output.contains("USHER_SMTP_URL") && !finished.output.contains("s3cret"))
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "the tests' PostgreSQL does not sync, and is not well"))
    func aMailServerThatLetsUsInIsWellAndGetsNoMail() async throws {
        let server = try FakeSMTPServer(
            .init(extensions: ["AUTH PLAIN LOGIN"], answers: ["AUTH": "235 2.7.0 welcome"]))
        let lab = try await Lab.idle(settings: mailSettings(port: server.port, "ann:s3cret"))
        let finished = try await lab.verb(["doctor"])
        #expect(finished.status == 0, "\(finished.output)")
        #expect(findings(finished, "mail").first?.contains("lets us log in") == true, "\(finished.output)")
        #expect(server.lines.contains { $0.hasPrefix("AUTH") }, "\(server.lines)")
        #expect(!server.lines.contains { $0.hasPrefix("MAIL") }, "\(server.lines)")
        #expect(server.bodies.isEmpty)
    }

    @Test(arguments: [
        (["AUTH PLAIN LOGIN"], "535 5.7.8 no such user"), (["SIZE 1000000"], "offers no way to log in"),
    ])
    func aLogInThatFailsIsAProblem(extensions: [String], words: String) async throws {
        let server = try FakeSMTPServer(.init(extensions: extensions, answers: ["AUTH": words]))
        let lab = try await Lab.idle(settings: mailSettings(port: server.port, "ann:s3cret"))
        let finished = try await lab.verb(["doctor"])
        #expect(finished.status == 1)
        let line = findings(finished, "mail").first
        #expect(line?.hasPrefix("problem") == true && line?.contains(words) == true, "\(finished.output)")
        #expect(!finished.output.contains("s3cret"))
    }
}
