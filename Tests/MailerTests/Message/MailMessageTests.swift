import Storage
import Testing

@testable import Mailer

struct MailMessageTests {
    @Test func aMailHasTheFieldsThatEveryMailNeeds() throws {
        let reader = try MessageReader(try Self.message().bytes())
        #expect(
            reader.head.headers.map(\.name) == [
                "Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted", "X-Auto-Response-Suppress",
                "MIME-Version", "Content-Type",
            ])
        #expect(reader.head["Date"] == "Mon, 23 Nov 2026 20:15:07 +0000")
        #expect(reader.head["Message-ID"] == "<01JD@example.com>")
        #expect(reader.head["Auto-Submitted"] == "auto-generated")
        #expect(reader.parts.map { $0["Content-Type"] } == ["text/plain; charset=utf-8", "text/html; charset=utf-8"])
    }

    @Test(arguments: [false, true])
    func whateverIsWrittenIsReadBack(readable: Bool) throws {
        var random = RandomText(seed: readable ? 1 : 2)
        for _ in 0..<60 {
            let isHeaderSafe: (Unicode.Scalar) -> Bool = { !["\r", "\n", "\0"].contains($0) }
            let subject = random.text(upTo: 120, where: isHeaderSafe)
            let name = random.text(upTo: 60) { $0.properties.generalCategory != .control }
            let text = random.text(upTo: 600) { $0 != "\r" && (!readable || $0 != "\0") }
            let html = random.text(upTo: 800) { $0 != "\r" && (!readable || $0 != "\0") }
            let message = try Self.message(name: name, subject: subject, text: text, html: html)
            let reader = try MessageReader(try message.bytes(readable: readable))
            #expect(try reader.text(of: "Subject").unicodeScalars.elementsEqual(subject.unicodeScalars))
            #expect(try Self.name(in: #require(reader.head["To"])) == message.to.name)
            #expect(try reader.body(0).utf8.elementsEqual(Self.trimmed(text).utf8))
            #expect(try reader.body(1).utf8.elementsEqual(Self.trimmed(html).utf8))
            #expect(reader.head.headers.count == 9)
        }
    }

    @Test(arguments: [
        "Hello\r\nBcc: evil@example.com", "Hello\nthere", "Hello\rthere", "Hello\0there", "Hi\u{301}\r\n",
    ])
    func aLineBreakInTheSubjectIsRefused(subject: String) {
        #expect(throws: MessageError.lineBreak(header: "Subject")) { try Self.message(subject: subject).bytes() }
    }

    @Test func aLineBreakInANameBecomesASpace() throws {
        let bytes = try Self.message(name: "Ann\r\nBcc: evil@example.com").bytes()
        let reader = try MessageReader(bytes)
        #expect(reader.head["Bcc"] == nil)
        #expect(try reader.text(of: "To") == "Ann  Bcc: evil@example.com <ann@example.net>")
    }

    @Test(arguments: ["", "a b", "a>b", "a\r\nb", "ä"])
    func anIDThatIsNoneIsRefused(id: String) {
        #expect(throws: MessageError.badID) { try Self.message(id: id).bytes() }
    }

    @Test func everyLineBreakBecomesCRLF() throws {
        let bytes = try Self.message(text: "a\nb\rc\r\nd\n.\ne\n\n").bytes()
        #expect(try MessageReader(bytes).body(0) == "a\nb\nc\nd\n.\ne")
    }

    @Test func headersAreFoldedAt78() throws {
        let subject = String(repeating: "An ordinary subject that goes on ", count: 6).dropLast()
        let bytes = try Self.message(name: "Ünïcödé Nämé", subject: String(subject)).bytes()
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 })
        #expect(try MessageReader(bytes).text(of: "Subject") == subject)
    }

    @Test func theSameMailIsAlwaysTheSameBytes() throws {
        #expect(try Self.message().bytes() == Self.message().bytes())
    }

    @Test func aBoundaryIsNotFoundInTheText() throws {
        let message = try Self.message(text: "--=_01JD\n--=_01JD--\n", html: "=_01JD_")
        #expect(try MessageReader(try message.bytes(readable: true)).parts.count == 2)
    }

    @Test func textThatIsHardlyASCIIGoesAsBase64() throws {
        let bytes = try Self.message(text: "こんにちは。パスワードを変更しました。", html: "<p>plain</p>").bytes()
        let reader = try MessageReader(bytes)
        #expect(reader.parts.map { $0["Content-Transfer-Encoding"] } == ["base64", "quoted-printable"])
        #expect(bytes.allSatisfy { $0 < 0x80 })
    }

    @Test func aTextThatLooksEncodedIsNotDecoded() throws {
        let subject = "=?utf-8?Q?evil?= and =?x"
        let reader = try MessageReader(try Self.message(name: subject, subject: subject).bytes())
        #expect(reader.head["Subject"] != subject)
        #expect(try reader.text(of: "Subject") == subject)
    }

    @Test(
        arguments: [
            (0, "Thu, 1 Jan 1970 00:00:00 +0000"),
            (951_827_696_000, "Tue, 29 Feb 2000 12:34:56 +0000"),
            (4_102_444_799_999, "Thu, 31 Dec 2099 23:59:59 +0000"),
            (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
        ] as [(Int64, String)])
    func datesAreWrittenAsMailHasThem(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).mailDate == text)
    }

    static func message(
        name: String = "Ann", subject: String = "Hello", text: String = "Hi", html: String? = "<p>Hi</p>",
        id: String = "01JD"
    ) throws -> MailMessage {
        MailMessage(
            from: Mailbox(name: "Usher", address: try MailAddress("noreply@example.com")),
            to: Mailbox(name: name, address: try MailAddress("ann@example.net")), subject: subject, text: text,
            html: html, date: Timestamp(milliseconds: 1_795_464_907_000), id: id)
    }

    private static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while scalars.last == "\n" { scalars.removeLast() }
        return String(scalars)
    }

    /// The name of `name <address>`, its quotes taken off or its encoded words decoded.
    private static func name(in value: String) throws -> String {
        guard value != "ann@example.net" else { return "" }
        try #require(value.hasSuffix(" <ann@example.net>"))
        let name = value.dropLast(" <ann@example.net>".count)
        guard name.hasPrefix("\"") else { return try MessageReader.decodedWords(String(name)) }
        var text = ""
        var quoted = name.dropFirst().dropLast()
        while let character = quoted.popFirst() {
            text.append(character == "\\" ? quoted.popFirst() ?? character : character)
        }
        return text
    }
}
