import Cryptography
import Storage
import TestSupport
import Testing

@testable import Mailer

struct SMTPTransportTests {
    private typealias Script = FakeSMTPServer.Script

    private static func settings(_ server: FakeSMTPServer, login: SMTPSettings.Credentials? = nil) -> SMTPSettings {
        var settings = SMTPSettings(
            host: "127.0.0.1", port: server.port, security: .startTLSIfOffered, credentials: login,
            clientName: "client.example")
        settings.timeout = .seconds(5)
        return settings
    }

    /// Sends one mail to a server that follows the script.
    private static func deliver(
        _ script: Script, to: String = "ann@example.net", login: SMTPSettings.Credentials? = nil, text: String = "Hi"
    ) async throws -> (delivery: Delivery, server: FakeSMTPServer) {
        let server = try FakeSMTPServer(script)
        defer { server.stop() }
        let transport = SMTPTransport(settings(server, login: login))
        let delivery = await transport.deliver(try message(to: to, text: text), label: "test")
        await transport.close()
        return (delivery, server)
    }

    static func message(to: String = "ann@example.net", text: String = "Hi", id: String = "01JD") throws -> MailMessage
    {
        MailMessage(
            from: Mailbox(name: "Usher", address: try MailAddress("noreply@example.com")),
            to: Mailbox(address: try MailAddress(to)), subject: "Hello", text: text, html: nil,
            date: Timestamp(milliseconds: 0), id: id)
    }

    @Test func aMailIsSentAndTheAnswerKept() async throws {
        let (delivery, server) = try await Self.deliver(Script())
        #expect(delivery == Delivery(.sent, code: 250, text: "2.0.0 queued as ABC123"))
        let size = try Self.message().bytes().count
        #expect(
            server.lines == [
                "EHLO client.example", "MAIL FROM:<noreply@example.com> SIZE=\(size)", "RCPT TO:<ann@example.net>",
                "DATA", "QUIT",
            ])
        #expect(server.bodies == [String(decoding: try Self.message().bytes(), as: UTF8.self) + ".\r\n"])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let verdict: Delivery.Verdict
        let code: Int?
        var answers: [String: String] = [:]
        var script = FakeSMTPServer.Script()
        var login: SMTPSettings.Credentials?
        let testDescription: String

        init(
            _ name: String, _ verdict: Delivery.Verdict, _ code: Int?, _ answers: [String: String] = [:],
            greeting: String? = nil, login: SMTPSettings.Credentials? = nil, extensions: [String]? = nil,
            hangsUpAt: String? = nil
        ) {
            self.verdict = verdict
            self.code = code
            self.login = login
            script.answers = answers
            script.greeting = greeting ?? script.greeting
            script.extensions = extensions ?? script.extensions
            script.hangsUpAt = hangsUpAt
            testDescription = name
        }
    }

    @Test(arguments: [
        Case("252 after the message is a yes", .sent, 252, ["BODY": "252 2.0.0 accepted-ish"]),
        Case("251 at the recipient is a yes", .sent, 250, ["RCPT": "251 2.1.5 will forward"]),
        Case("greylisted at the recipient", .delayed, 451, ["RCPT": "451 4.7.1 Greylisted, try again"]),
        Case("busy at the sender", .delayed, 452, ["MAIL": "452 4.3.1 no space"]),
        Case("busy at DATA", .delayed, 451, ["DATA": "451 4.3.0 later"]),
        Case("busy after the message", .delayed, 451, ["BODY": "451 4.3.0 later"]),
        Case("421 at the recipient", .delayed, 421, ["RCPT": "421 4.7.0 too many"]),
        Case("no such user", .refused, 550, ["RCPT": "550-5.1.1 The account\r\n550 5.1.1 does not exist"]),
        Case("mailbox full", .refused, 552, ["RCPT": "552 5.2.2 full"]),
        Case("the message is refused", .refused, 554, ["BODY": "554 5.6.0 malformed"]),
        Case("policy at the recipient", .refusedByPolicy, 550, ["RCPT": "550 5.7.1 we do not like you"]),
        Case("policy after the message", .refusedByPolicy, 550, ["BODY": "550 5.7.26 unauthenticated"]),
        Case("too big", .refused, 552, ["MAIL": "552 5.3.4 too big"]),
        Case("authentication demanded at MAIL", .misconfigured, 530, ["MAIL": "530 5.7.0 log in first"]),
        Case("authentication demanded at RCPT", .misconfigured, 530, ["RCPT": "530 5.7.0 log in first"]),
        Case("sender refused", .misconfigured, 550, ["MAIL": "550 5.7.1 not your domain"]),
        Case("sender unknown", .misconfigured, 553, ["MAIL": "553 5.1.8 no such sender"]),
        Case("not for us", .misconfigured, 554, greeting: "554 go away"),
        Case("too many connections", .unreachable, 421, greeting: "421 4.7.0 too many connections"),
        Case("EHLO and HELO refused", .misconfigured, 550, ["EHLO": "550 no", "HELO": "550 no"]),
        Case("an old server with HELO alone", .sent, 250, ["EHLO": "502 what?"]),
        Case("hangs up at EHLO", .unreachable, nil, hangsUpAt: "EHLO"),
        Case("hangs up at RCPT", .unreachable, nil, hangsUpAt: "RCPT"),
        Case("hangs up after the message", .unreachable, nil, hangsUpAt: "BODY"),
        Case("no AUTH is offered", .misconfigured, nil, login: .ann),
        Case("AUTH in small letters", .misconfigured, nil, login: .ann, extensions: ["auth plain login"]),
        Case("no AUTH that we know", .misconfigured, nil, login: .ann, extensions: ["AUTH XYZZY"]),
        Case(
            "wrong password", .misconfigured, 535, ["AUTH": "535 5.7.8 wrong"], login: .ann,
            extensions: ["AUTH PLAIN"]),
        Case(
            "log-in does not work now", .unreachable, 454, ["AUTH": "454 4.7.0 later"], login: .ann,
            extensions: ["AUTH PLAIN"]),
        Case(
            "logged in", .sent, 250, ["AUTH": "235 2.7.0 welcome"], login: .ann, extensions: ["AUTH PLAIN"]),
    ])
    func everyAnswerHasItsMeaning(example: Case) async throws {
        let (delivery, server) = try await Self.deliver(example.script, login: example.login)
        #expect(delivery.verdict == example.verdict, "\(delivery)")
        #expect(delivery.code == example.code, "\(delivery)")
        #expect(!delivery.text.isEmpty)
        #expect(!delivery.text.contains("secret"))
        if example.verdict == .misconfigured { #expect(server.bodies.isEmpty) }
    }

    @Test(arguments: [["SIZE 1000"], ["AUTH XYZZY"], ["auth plain"]])
    func nothingIsSentWithoutTheLogInThatWasAskedFor(extensions: [String]) async throws {
        let (_, server) = try await Self.deliver(Script(extensions: extensions), login: .ann)
        #expect(!server.lines.contains { $0.hasPrefix("RCPT") || $0.hasPrefix("DATA") })
    }

    @Test(arguments: [["SIZE 1000"], ["starttls"]])
    func nothingIsSaidWithoutTLSWhereItIsDemanded(extensions: [String]) async throws {
        let server = try FakeSMTPServer(Script(extensions: extensions))
        defer { server.stop() }
        var settings = Self.settings(server, login: .ann)
        settings.security = .startTLS
        let delivery = await SMTPTransport(settings).deliver(try Self.message(), label: "test")
        #expect(delivery.verdict == .misconfigured)
        #expect(server.lines.filter { !$0.hasPrefix("EHLO") && $0 != "QUIT" } == [])
    }

    @Test func oneConnectionCarriesManyMails() async throws {
        let server = try FakeSMTPServer()
        defer { server.stop() }
        let transport = SMTPTransport(Self.settings(server))
        for id in ["A", "B", "C"] {
            #expect(await transport.deliver(try Self.message(id: id), label: "test").verdict == .sent)
        }
        #expect(server.connections == 1)
        #expect(server.lines.count { $0.hasPrefix("EHLO") } == 1)
        #expect(server.bodies.count == 3)
    }

    @Test func aStaleConnectionIsReplacedAtOnce() async throws {
        let server = try FakeSMTPServer(Script(waitsAfterMail: true))
        defer { server.stop() }
        let transport = SMTPTransport(Self.settings(server))
        for id in ["A", "B", "C"] {
            #expect(await transport.deliver(try Self.message(id: id), label: "test").verdict == .sent)
            server.closeIdleConnection()
        }
        #expect(server.connections == 3)
        #expect(server.bodies.count == 3)
    }

    @Test func aLogInIsRememberedWithItsConnection() async throws {
        let script = Script(extensions: ["AUTH PLAIN"], answers: ["AUTH": "235 2.7.0 welcome"])
        let server = try FakeSMTPServer(script)
        defer { server.stop() }
        let transport = SMTPTransport(Self.settings(server, login: .ann))
        #expect(await transport.deliver(try Self.message(id: "A"), label: "test").verdict == .sent)
        #expect(await transport.deliver(try Self.message(id: "B"), label: "test").verdict == .sent)
        #expect(server.connections == 1)
        #expect(server.lines.count { $0.hasPrefix("AUTH") } == 1)
    }

    @Test func aRefusalDoesNotSpoilTheNextMail() async throws {
        let server = try FakeSMTPServer(Script(answers: ["RCPT TO:<bad@example.net>": "550 5.1.1 no"]))
        defer { server.stop() }
        let transport = SMTPTransport(Self.settings(server))
        let bad = await transport.deliver(try Self.message(to: "bad@example.net"), label: "test")
        let good = await transport.deliver(try Self.message(), label: "test")
        #expect([bad.verdict, good.verdict] == [.refused, .sent])
        #expect(server.bodies.count == 1)
    }

    @Test func aLineThatIsADotDoesNotEndTheMail() async throws {
        let text = "a\n.\n..\n.b\nMAIL FROM:<x@example.com>\n.\r\nQUIT\n."
        let (delivery, server) = try await Self.deliver(Script(), text: text)
        #expect(delivery.verdict == .sent)
        #expect(server.lines.last == "QUIT" && server.lines.count == 5)
        let body = try #require(server.bodies.first).replacing("\r\n..", with: "\r\n.").dropLast(".\r\n".count)
        #expect(try MessageReader(Array(body.utf8)).body(0) == text.replacing("\r\n", with: "\n") + "\n")
    }

    @Test func anInternationalDomainGoesInASCII() async throws {
        let (_, server) = try await Self.deliver(Script(), to: "info@bücher.example")
        #expect(server.lines.contains("RCPT TO:<info@xn--bcher-kva.example>"))
        #expect(server.bodies.first?.contains("To: info@xn--bcher-kva.example\r\n") == true)
    }

    @Test func aServerThatIsNotThereIsUnreachable() async throws {
        let server = try FakeSMTPServer()
        let settings = Self.settings(server)
        server.stop()
        // The listener is closed by the thread that listens, soon after.
        let transport = SMTPTransport(settings)
        var delivery = await transport.deliver(try Self.message(), label: "test")
        while delivery.verdict == .sent { delivery = await transport.deliver(try Self.message(), label: "test") }
        #expect(delivery.verdict == .unreachable)
    }

    @Test func aServerThatSaysNothingIsGivenUpInTime() async throws {
        let server = try FakeSMTPServer(Script(greeting: "220-wait"))
        defer { server.stop() }
        var settings = Self.settings(server)
        settings.timeout = .milliseconds(300)
        #expect(await SMTPTransport(settings).deliver(try Self.message(), label: "test").verdict == .unreachable)
    }

    @Test func aDeliveryIsInterruptedWhenTheProcessEnds() async throws {
        let server = try FakeSMTPServer(Script(greeting: "220-wait"))
        defer { server.stop() }
        var settings = Self.settings(server)
        // Beyond what a starved test machine needs; the greeting counts as part of the connection.
        settings.timeout = .seconds(600)
        settings.connectTimeout = .seconds(600)
        let transport = SMTPTransport(settings)
        async let delivery = transport.deliver(try Self.message(), label: "test")
        while server.connections == 0 { await Task.yield() }
        transport.interrupt()
        let result = try await delivery
        #expect(result.verdict == .interrupted, "\(result)")
    }
}

extension SMTPSettings.Credentials {
    fileprivate static let ann = Self(user: "ann", password: Secret("secret"))
}
