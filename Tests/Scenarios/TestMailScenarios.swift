import Foundation
import JSON
import TestSupport
import Testing

/// `usher check --mail`: one mail at once, and what came of it.
struct TestMailScenarios {
    private let login = "ann%40example.com:p%3A%2F%3F%23%25%C3%A4"

    private func settings(port: Int, _ more: [String: String] = [:]) -> [String: String] {
        [
            "USHER_SMTP_URL": "smtp://\(login)@127.0.0.1:\(port)?starttls=required",
            "USHER_MAIL_FROM": "usher@example.com", "USHER_PUBLIC_URL": "https://auth.example.com",
        ].merging(more) { $1 }
    }

    @Test func withoutAServerItSaysWhereTheFileIs() async throws {
        let lab = try await Lab.start()
        let finished = try await lab.verb(["check", "--mail", "ann@example.com"])
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(
            finished.output.contains("No SMTP server is set. The mail is a file: written to \(lab.data.path())/mail/"))
        #expect(try await lab.mail(to: "ann@example.com").subject == "A test mail from Usher")
    }

    @Test func aServerThatIsNotThereIsNamed() async throws {
        let port = try freePort()
        let lab = try await Lab.idle(settings: settings(port: port))
        let finished = try await lab.verb(["check", "--mail", "ann@example.com"])
        #expect(finished.status == 1)
        #expect(finished.output.contains("in order"), "the settings were all right")
        #expect(finished.errors.contains("cannot be reached") && finished.errors.contains("127.0.0.1:\(port)"))
        #expect(!finished.errors.contains("p:/?#%ä") && !finished.errors.contains("p%3A"))
    }

    @Test func whatIsNoAddressIsWrongUsage() async throws {
        let lab = try await Lab.idle()
        let finished = try await lab.verb(["check", "--mail", "ann"])
        #expect(finished.status == 64)
        #expect(!finished.errors.isEmpty)
    }

    /// Against aiosmtpd, when USHER_TEST_PYTHON names a Python that has it.
    @Test func aServersWordsAreShown() async throws {
        guard let python = ProcessInfo.processInfo.environment["USHER_TEST_PYTHON"] else {
            print("Left out: a test mail to a real SMTP server. Set USHER_TEST_PYTHON to a Python that has aiosmtpd.")
            return
        }
        let folder = try TemporaryFolder()
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Python/smtp_server.py")
        let server = try Subprocess(
            URL(filePath: python), [script.path(), folder.url.path()], environment: ["PATH": "/usr/bin:/bin"],
            folder: folder.url)
        defer { server.signal(SIGTERM) }
        let port = try await eventually("the SMTP server's port") {
            server.output.split(separator: "\n").first.flatMap {
                try? JSONValue(parsing: Array($0.utf8))["startTLS"]?.int
            }
        }
        let trust = ["USHER_SMTP_CA_FILE": folder.file("cert.pem")]
        let lab = try await Lab.idle(settings: settings(port: port, trust))
        let taken = try await lab.verb(["check", "--mail", "ann@example.com"])
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(taken.output.contains("took the mail to ann@example.com") && taken.output.contains("2.0.0 stored"))
        let refused = try await lab.verb(["check", "--mail", "bad@example.com"])
        #expect(refused.status == 1)
        #expect(refused.errors.contains("not for this address") && refused.errors.contains("550 5.1.1 no such user"))
        let mistrusting = try await Lab.idle(settings: settings(port: port)).verb([
            "check", "--mail", "ann@example.com",
        ])
        #expect(mistrusting.status == 1)
        #expect(mistrusting.errors.contains("No mail gets through"), "\(mistrusting.errors)")
        #expect(server.output.split(separator: "\n").count == 2, "one mail came through")
    }
}
