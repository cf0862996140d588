import Cryptography
import Storage
import TestSupport
import Testing

@testable import Mailer

/// From the outbox to a server and back: what each answer makes of the mail and of the transport.
struct OutboxOverSMTPTests {
    private static func settings(
        _ server: FakeSMTPServer, security: SMTPSettings.Security = .startTLSIfOffered, hasLogin: Bool = false
    ) -> SMTPSettings {
        var settings = SMTPSettings(
            host: "127.0.0.1", port: server.port, security: security,
            credentials: hasLogin ? .init(user: "ann", password: Secret("secret")) : nil)
        // Only cases that end by it wait for it.
        settings.timeout = .seconds(20)
        return settings
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: FakeSMTPServer.Script
        let state: String
        let attempts: Int
        let code: Int?
        let trouble: MailTrouble?
        var security = SMTPSettings.Security.startTLSIfOffered
        var hasLogin = false

        init(
            _ name: String, _ script: FakeSMTPServer.Script, _ state: String, attempts: Int, code: Int?,
            pausedBy trouble: MailTrouble? = nil, security: SMTPSettings.Security = .startTLSIfOffered,
            hasLogin: Bool = false
        ) {
            testDescription = name
            self.script = script
            self.state = state
            self.attempts = attempts
            self.code = code
            self.trouble = trouble
            self.security = security
            self.hasLogin = hasLogin
        }
    }

    @Test(arguments: [
        Case("accepted", .init(), "sent", attempts: 1, code: 250),
        Case("252 after the message", .init(answers: ["BODY": "252 2.0.0 ok"]), "sent", attempts: 1, code: 252),
        Case("greylisted", .init(answers: ["RCPT": "451 4.7.1 later"]), "waiting", attempts: 1, code: 451),
        Case("busy after the message", .init(answers: ["BODY": "451 4.3.0 later"]), "waiting", attempts: 1, code: 451),
        Case(
            "421 at the recipient", .init(answers: ["RCPT": "421-4.7.0 too\r\n421 4.7.0 many"]), "waiting", attempts: 1,
            code: 421),
        Case(
            "no such user", .init(answers: ["RCPT": "550-5.1.1 no\r\n550 5.1.1 such"]), "failed", attempts: 1, code: 550
        ),
        Case("policy, one recipient", .init(answers: ["RCPT": "550 5.7.1 no"]), "failed", attempts: 1, code: 550),
        Case("refused as a message", .init(answers: ["BODY": "554 5.6.0 no"]), "failed", attempts: 1, code: 554),
        Case(
            "the server is busy", .init(greeting: "421 4.3.2 later"), "waiting", attempts: 1, code: 421, pausedBy: .busy
        ),
        Case("hangs up", .init(hangsUpAt: "RCPT"), "waiting", attempts: 1, code: nil, pausedBy: .unreachable),
        Case("not for us", .init(greeting: "554 5.7.1 no"), "waiting", attempts: 0, code: 554, pausedBy: .sender),
        Case(
            "sender refused", .init(answers: ["MAIL": "550 5.7.1 no"]), "waiting", attempts: 0, code: 550,
            pausedBy: .sender),
        Case(
            "log-in demanded", .init(answers: ["MAIL": "530 5.7.0 who?"]), "waiting", attempts: 0, code: 530,
            pausedBy: .login),
        Case(
            "log-in refused", .init(extensions: ["AUTH PLAIN"], answers: ["AUTH": "535 5.7.8 no"]), "waiting",
            attempts: 0, code: 535, pausedBy: .login, hasLogin: true),
        Case(
            "log-in refused for now", .init(extensions: ["AUTH PLAIN"], answers: ["AUTH": "454 4.7.0 later"]),
            "waiting",
            attempts: 1, code: 454, pausedBy: .busy, hasLogin: true),
        Case("no log-in offered", .init(), "waiting", attempts: 0, code: nil, pausedBy: .login, hasLogin: true),
        Case(
            "log-in offered in small letters", .init(extensions: ["auth plain"]), "waiting", attempts: 0, code: nil,
            pausedBy: .login, hasLogin: true),
        Case(
            "no TLS offered", .init(), "waiting", attempts: 0, code: nil, pausedBy: .insecure, security: .startTLS,
            hasLogin: true),
        Case(
            "TLS offered in small letters", .init(extensions: ["starttls"]), "waiting", attempts: 0, code: nil,
            pausedBy: .insecure, security: .startTLS),
        Case(
            "TLS offered and refused", .init(extensions: ["STARTTLS"], answers: ["STARTTLS": "454 4.7.0 no"]),
            "waiting",
            attempts: 0, code: 454, pausedBy: .insecure, security: .startTLS),
    ])
    func everyAnswerEndsAsItShould(example: Case) async throws {
        let server = try FakeSMTPServer(example.script)
        defer { server.stop() }
        let fixture = try await OutboxFixture()
        let id = try await fixture.enqueue()
        let settings = Self.settings(server, security: example.security, hasLogin: example.hasLogin)
        let worker = try fixture.worker(makeTransport: { SMTPTransport(settings) })
        #expect(try await worker.sendNext())
        let found = try await fixture.state(of: id)
        #expect(found.state == example.state, "\(found)")
        #expect(found.attempts == example.attempts)
        #expect(found.code == example.code)
        #expect(try await worker.status().pause?.trouble == example.trouble)
        if example.trouble != nil {
            #expect(server.bodies == [], "nothing is said to a server that is not right")
            #expect(!server.lines.contains { $0.hasPrefix("AUTH") } || example.security != .startTLS)
        }
        switch example.state {
        case "sent": #expect(fixture.content.endings(of: id) == [.sent])
        case "failed": #expect(fixture.content.endings(of: id) == [.failed(code: example.code)])
        default: #expect(fixture.content.endings(of: id) == [])
        }
        await worker.transports.close()
    }

    @Test func aMailWhoseAnswerNeverCameIsSentAgainAsTheSame() async throws {
        let server = try FakeSMTPServer(.init(stallsAt: "BODY"))
        defer { server.stop() }
        let fixture = try await OutboxFixture()
        let id = try await fixture.enqueue()
        var impatient = Self.settings(server)
        impatient.timeout = .milliseconds(500)
        let worker = try fixture.worker(makeTransport: { [impatient] in SMTPTransport(impatient) })
        // On a busy machine the time may be over before the message was there.
        while server.bodies.isEmpty {
            #expect(try await worker.sendNext())
            let state = try await fixture.state(of: id)
            try #require(state.state == "waiting" && state.attempts > 0)
            fixture.time.advance(by: max(state.dueIn, .minutes(1)))
        }
        server.change { $0.stallsAt = nil }
        while try await fixture.state(of: id).state != "sent" {
            #expect(try await worker.sendNext())
            fixture.time.advance(by: .hours(1))
        }
        #expect(server.bodies.count >= 2)
        #expect(Set(server.bodies).count == 1, "the same Message-ID, date and link, down to the byte")
        #expect(server.bodies[0].contains(FakeContent.link.replacing("=", with: "=3D")))
        #expect(fixture.content.endings(of: id) == [.sent])
        await worker.transports.close()
    }

    @Test func aConnectionThatWentStaleCostsNoAttempt() async throws {
        let server = try FakeSMTPServer(.init(waitsAfterMail: true))
        defer { server.stop() }
        let fixture = try await OutboxFixture()
        let settings = Self.settings(server)
        let worker = try fixture.worker(makeTransport: { SMTPTransport(settings) })
        var ids: [OutboxMail.ID] = []
        for _ in 0..<3 {
            ids.append(try await fixture.enqueue())
            #expect(try await worker.sendNext())
            server.closeIdleConnection()
        }
        for id in ids {
            let state = try await fixture.state(of: id)
            #expect(state.state == "sent" && state.attempts == 1)
        }
        #expect(server.bodies.count == 3)
        // The second connection is tried once: a server that is going away is left alone.
        server.change { $0.greeting = "421 4.3.2 going down" }
        let last = try await fixture.enqueue()
        #expect(try await worker.sendNext())
        #expect(try await fixture.state(of: last).state == "waiting")
        #expect(try await worker.status().pause?.trouble == .busy)
        #expect(server.connections == 4)
        await worker.transports.close()
    }

    @Test func threeDomainsInARowThatRefuseByPolicyPauseTheTransport() async throws {
        let server = try FakeSMTPServer(.init(answers: ["RCPT": "550 5.7.1 blocked"]))
        defer { server.stop() }
        let fixture = try await OutboxFixture()
        var ids: [OutboxMail.ID] = []
        for domain in ["a", "b", "c", "d"] { ids.append(try await fixture.enqueue(to: "x@\(domain).example")) }
        let settings = Self.settings(server)
        let worker = try fixture.worker(makeTransport: { SMTPTransport(settings) })
        while try await worker.sendNext() {}
        var states: [String] = []
        for id in ids { states.append(try await fixture.state(of: id).state) }
        #expect(states == ["failed", "failed", "waiting", "waiting"])
        #expect(try await worker.status().pause?.trouble == .policy)
        await worker.transports.close()
    }

    @Test func aServerThatIsDownIsTriedUntilItIsThere() async throws {
        let server = try FakeSMTPServer(.init(hangsUpAt: "EHLO"))
        defer { server.stop() }
        let fixture = try await OutboxFixture()
        let id = try await fixture.enqueue()
        let settings = Self.settings(server)
        let worker = try fixture.worker(makeTransport: { SMTPTransport(settings) })
        for attempt in 1...3 {
            #expect(try await worker.sendNext())
            #expect(try await fixture.state(of: id).attempts == attempt)
            fixture.time.advance(by: .hours(1))
        }
        server.change { $0.hangsUpAt = nil }
        #expect(try await worker.sendNext())
        #expect(try await fixture.state(of: id).state == "sent")
        await worker.transports.close()
    }

    @Test func aServerThatTakesFewConnectionsGetsFew() async throws {
        let server = try FakeSMTPServer(.init(maximumConnections: 2))
        defer { server.stop() }
        let fixture = try await OutboxFixture()
        try await fixture.enqueue(count: 300)
        let settings = Self.settings(server)
        let worker = try fixture.worker(lanes: 8, makeTransport: { SMTPTransport(settings) })
        let task = Task { try await worker.run() }
        _ = try await eventually("all mails") { try await fixture.count(.sent) == 300 ? true : nil }
        task.cancel()
        try await task.value
        #expect(server.bodies.count == 300)
        #expect(!fixture.log.lines.contains { $0.contains("Mail is paused") })
        let most = try await fixture.database.read { try $0.row("SELECT max(attempts) AS n FROM outbox")?.int("n") }
        #expect(most == 1, "to be turned away is not about the mail")
    }

    @Test(.timeLimit(.minutes(20)), arguments: ["BODY", "EHLO", "QUIT"])
    func aStopWaitsForNoServerThatSaysNothing(stallsAt: String) async throws {
        let server = try FakeSMTPServer(.init(stallsAt: stallsAt))
        defer { server.stop() }
        let fixture = try await OutboxFixture()
        try await fixture.enqueue(count: 100)
        var settings = Self.settings(server)
        settings.timeout = .seconds(600)
        settings.connectTimeout = .seconds(600)
        let worker = try fixture.worker(lanes: 8, makeTransport: { [settings] in SMTPTransport(settings) })
        let task = Task { try await worker.run() }
        _ = try await eventually("the server's silence") {
            let isThere = stallsAt == "QUIT" ? server.bodies.count >= 100 : server.openConnections == 8
            return isThere ? true : nil
        }
        task.cancel()
        try await task.value
        _ = try await eventually("every connection's end") { server.openConnections == 0 ? true : nil }
        #expect(try await fixture.count(.sending) == 0)
    }
}
