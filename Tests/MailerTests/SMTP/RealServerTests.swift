import Cryptography
import Foundation
import JSON
import Storage
import TestSupport
import Testing

@testable import Mailer

/// Against a real server, aiosmtpd, when USHER_TEST_PYTHON names a Python that has it.
struct RealServerTests {
    private static let python = ProcessInfo.processInfo.environment["USHER_TEST_PYTHON"]
    private static let credentials = "ann@example.com:p:/?#%ä"

    /// Runs `body` with a server, or says what is left out.
    private func withServer(_ body: (RealServer) async throws -> Void) async throws {
        guard let python = Self.python else {
            print("Left out: mail to a real SMTP server. Set USHER_TEST_PYTHON to a Python that has aiosmtpd.")
            return
        }
        let server = try await RealServer(python: python)
        do {
            try await body(server)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private static func settings(
        _ server: RealServer, implicit: Bool, credentials: String = credentials, caFile: String = "cert.pem"
    ) -> SMTPSettings {
        let login = credentials.split(separator: ":", maxSplits: 1).map(String.init)
        var settings = SMTPSettings(
            host: "127.0.0.1", port: implicit ? server.implicitPort : server.startTLSPort,
            security: implicit ? .implicit : .startTLS,
            credentials: login.count == 2 ? .init(user: login[0], password: Secret(login[1])) : nil,
            caFile: server.file(caFile))
        settings.timeout = .seconds(20)
        return settings
    }

    @Test(arguments: [false, true])
    func aMailGoesThroughTLSAfterALogIn(implicit: Bool) async throws {
        try await withServer { server in
            let transport = SMTPTransport(Self.settings(server, implicit: implicit))
            let message = try ShippedTemplates.message("reset-password")
            let delivery = await transport.deliver(message, label: "test")
            try #require(delivery == Delivery(.sent, code: 250, text: "2.0.0 stored"))
            let mail = try await server.nextMail()
            #expect(mail["authenticated"] == true)
            #expect(mail["sender"] == "noreply@example.com")
            #expect(mail["recipients"] == ["ann@example.net"])
            #expect(mail["messageID"] == "<01KADX4W5RZ8Q3N6T9V2Y7B0CD@example.com>")
            await transport.close()
        }
    }

    @Test func pythonReadsEveryMailAsItWasWritten() async throws {
        try await withServer { server in
            let transport = SMTPTransport(Self.settings(server, implicit: true))
            var random = RandomText(seed: 3)
            for _ in 0..<60 {
                // Python takes other controls for line breaks too.
                let isPlain: (Unicode.Scalar) -> Bool = {
                    $0.properties.generalCategory != .control && !["\u{2028}", "\u{2029}"].contains($0)
                }
                // Python 3.11 puts a space between the encoded words of a name, so only names of one word.
                let (subject, name) = (random.text(upTo: 120, where: isPlain), random.text(upTo: 8, where: isPlain))
                let text = random.text(upTo: 500) { $0 != "\r" }
                let message = MailMessage(
                    from: Mailbox(name: "Usher", address: try MailAddress("noreply@example.com")),
                    to: Mailbox(name: name, address: try MailAddress("ann@example.net")), subject: subject, text: text,
                    html: "<p>\(text)</p>", date: Timestamp(milliseconds: 0), id: "01JD")
                try #require(await transport.deliver(message, label: "test").verdict == .sent)
                let mail = try await server.nextMail()
                #expect(mail["defects"] == [])
                #expect(mail["subject"] == .string(subject))
                #expect(mail["to"] == .string(message.to.name))
                #expect(mail["html"] == .string("<p>\(text)</p>"))
            }
            await transport.close()
        }
    }

    @Test(arguments: [false, true])
    func aWrongPasswordPausesTheTransport(implicit: Bool) async throws {
        try await withServer { server in
            let settings = Self.settings(server, implicit: implicit, credentials: "ann:wrong")
            let delivery = await SMTPTransport(settings).deliver(try SMTPTransportTests.message(), label: "test")
            #expect(delivery.verdict == .misconfigured)
            #expect(delivery.code == 535)
        }
    }

    @Test(arguments: [false, true])
    func aCertificateThatNobodyTrustsPausesTheTransport(implicit: Bool) async throws {
        try await withServer { server in
            for caFile in ["other.pem", "missing.pem"] {
                let settings = Self.settings(server, implicit: implicit, caFile: caFile)
                let delivery = await SMTPTransport(settings).deliver(try SMTPTransportTests.message(), label: "test")
                #expect(delivery.verdict == .misconfigured, "\(delivery)")
            }
        }
    }

    @Test(arguments: [false, true])
    func aCertificateForAnotherNamePausesTheTransport(implicit: Bool) async throws {
        try await withServer { server in
            var settings = Self.settings(server, implicit: implicit)
            settings.host = "localhost"
            let delivery = await SMTPTransport(settings).deliver(try SMTPTransportTests.message(), label: "test")
            #expect(delivery.verdict == .misconfigured, "\(delivery)")
        }
    }

    @Test func withoutALogInTheServerRefusesAndNobodyIsMarked() async throws {
        try await withServer { server in
            let settings = Self.settings(server, implicit: false, credentials: "")
            let delivery = await SMTPTransport(settings).deliver(try SMTPTransportTests.message(), label: "test")
            #expect(delivery.verdict == .misconfigured)
            #expect(delivery.code == 530)
        }
    }

    @Test func anAddressThatTheServerDoesNotKnowIsRefused() async throws {
        try await withServer { server in
            let transport = SMTPTransport(Self.settings(server, implicit: false))
            let message = try SMTPTransportTests.message(to: "bad@example.net")
            let delivery = await transport.deliver(message, label: "test")
            #expect(delivery == Delivery(.refused, code: 550, text: "5.1.1 no such user"))
        }
    }
}

/// A process that serves SMTP: Tests/Python/smtp_server.py. It prints its ports, then each mail, a line of JSON each.
private final class RealServer {
    let startTLSPort: Int
    let implicitPort: Int

    private let folder: TemporaryFolder
    private let process: Subprocess
    private var readLines = 1

    init(python: String) async throws {
        let folder = try TemporaryFolder()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Python/smtp_server.py")
        let process = try Subprocess(
            URL(filePath: python), [script.standardized.path, folder.url.path()],
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], folder: folder.url)
        let ports = try await Self.line(0, of: process)
        startTLSPort = Int(try #require(ports["startTLS"]?.intValue))
        implicitPort = Int(try #require(ports["implicit"]?.intValue))
        (self.folder, self.process) = (folder, process)
    }

    deinit { process.signal(SIGKILL) }

    func file(_ name: String) -> String { folder.file(name) }

    func nextMail() async throws -> JSONValue {
        defer { readLines += 1 }
        return try await Self.line(readLines, of: process)
    }

    func stop() async {
        process.signal(SIGTERM)
        _ = await process.wait()
    }

    private static func line(_ number: Int, of process: Subprocess) async throws -> JSONValue {
        try await eventually("line \(number) of the SMTP server") {
            // What follows the last line feed is not complete.
            let lines = process.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if lines.count > number { return try JSONValue(parsing: String(lines[number])) }
            try #require(process.isRunning, "the server has ended: \(process.errors)")
            return nil
        }
    }
}
