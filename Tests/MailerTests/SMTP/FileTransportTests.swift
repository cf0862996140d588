import Foundation
import Testing

@testable import Mailer

struct FileTransportTests {
    @Test func aMailBecomesAFileThatOnlyItsOwnerCanRead() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "usher-mail-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let log = LogRecorder()
        let transport = FileTransport(folder: folder, logger: log.logger)
        let message = try ShippedTemplates.message("reset-password")
        #expect(await transport.deliver(message, label: "reset-password").verdict == .sent)
        #expect(await transport.deliver(message, label: "reset-password").verdict == .sent)

        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names == ["2026-11-23T20-15-07.000Z-reset-password-01KADX4W5RZ8Q3N6T9V2Y7B0CD.eml"])
        let path = "\(folder)/\(names[0])"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("Kermit's Café"))
        guard case .url(let link)? = try ShippedTemplates.values("")["link"] else { return }
        #expect(text.contains("\r\n\(link)\r\n"), "a link that can be clicked in a terminal")
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o700)
        #expect(log.lines.count == 2 && log.lines.allSatisfy { $0.contains(path) && !$0.contains("token") })
    }

    @Test func aFolderThatCannotBeMadePausesTheMail() async throws {
        let transport = FileTransport(folder: "/proc/nowhere/mail", logger: LogRecorder().logger)
        let delivery = await transport.deliver(try SMTPTransportTests.message(), label: "test")
        #expect(delivery.verdict == .misconfigured)
        #expect(delivery.text.contains("/proc/nowhere/mail"))
    }
}
