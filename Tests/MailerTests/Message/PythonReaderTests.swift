import Foundation
import JSON
import Storage
import TestSupport
import Testing

@testable import Mailer

/// Thousands of mails read back by a program that shares no code with us, when USHER_TEST_PYTHON names a Python.
struct PythonReaderTests {
    /// What has broken a mailer somewhere.
    private static let nasty = [
        "=?utf-8?Q?no?=", "=?", "?=", "=?iso-8859-1?B?", "\"", "\\", "\\\"", ",", ";", ":", "<", ">", "@", "(", ")",
        "[", "]",
        ".", "..", "\n.", "\n..\n", "\nFrom ", "From ", ">From ", "\n\n", "\r", "\r\n", "  ", "\t", " \n", "\u{a0}",
        "é", "e\u{301}",
        "ß", "日本語", "🇩🇪", "👩‍👩‍👧", "\u{202e}", "\u{feff}", "\u{200b}", "=", "=3D", "=\n", "--", "--=_01JD", "a@b.example",
        "Subject: x", "\nBcc: x@example.com\n", "%0d%0a", "NUL\u{7f}", String(repeating: "a", count: 80),
        String(repeating: "long line ", count: 150), String(repeating: "ü", count: 90), "_", "?", "*",
    ]

    private struct Source {
        var random: RandomText

        /// Words that nobody expects between text of all of Unicode.
        mutating func text(pieces: Int, upTo count: Int) -> String {
            var text = ""
            for _ in 0..<Int.random(in: 0...pieces, using: &random) {
                text += PythonReaderTests.nasty.randomElement(using: &random) ?? ""
                text += random.text(upTo: count)
            }
            return text
        }

        /// The same, as far as it may stand in a header.
        mutating func line(pieces: Int, upTo count: Int) -> String {
            text(pieces: pieces, upTo: count).withoutControls()
        }

        mutating func message(_ number: Int) throws -> MailMessage {
            let text = text(pieces: 8, upTo: 60)
            return MailMessage(
                from: Mailbox(name: line(pieces: 2, upTo: 10), address: try MailAddress("noreply@example.com")),
                to: Mailbox(name: line(pieces: 3, upTo: 20), address: try MailAddress("user\(number)@example.net")),
                subject: line(pieces: 4, upTo: 40), text: text, html: "<p>\(self.text(pieces: 8, upTo: 60))</p>",
                date: Timestamp(milliseconds: Int64(number) * 86_400_000), id: "01JD\(number)")
        }
    }

    @Test func pythonReadsThousandsOfMailsAsTheyWereMeant() async throws {
        guard let python = ProcessInfo.processInfo.environment["USHER_TEST_PYTHON"] else {
            print("Left out: mails read by Python. Set USHER_TEST_PYTHON to a Python.")
            return
        }
        let folder = try TemporaryFolder()
        var source = Source(random: RandomText(seed: 20_261_125))
        var expected: [JSONValue] = []
        for number in 0..<3000 {
            let message = try source.message(number)
            try Data(message.bytes()).write(to: folder.url.appending(path: "\(number).eml"))
            expected.append([
                "name": .string(message.to.name), "address": .string(message.to.address.text),
                "subject": .string(message.subject), "text": .string(message.text),
                "html": .string(message.html ?? ""),
            ])
        }
        try Data(JSONValue.array(expected).serialized()).write(to: folder.url.appending(path: "expected.json"))
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Python/read_mails.py")
        let process = try Subprocess(
            URL(filePath: python), [script.standardized.path, folder.url.path()],
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONUTF8": "1"], folder: folder.url)
        let finished = await process.wait()
        let lines = finished.output.split(separator: "\n")
        try #require(finished.status == 0, "\(finished.errors)")
        #expect(lines.last == #"{"read": 3000}"#)
        for line in lines.dropLast().prefix(20) { Issue.record("\(line)") }
    }
}
