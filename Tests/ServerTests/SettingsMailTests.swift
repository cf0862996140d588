import Cryptography
import Mailer
import Server
import Testing

struct SettingsMailTests {
    private func server(_ url: String) throws -> SMTPServer {
        let settings = try load([
            "USHER_SMTP_URL": url, "USHER_PUBLIC_URL": "https://a.example.com", "USHER_MAIL_FROM": "a@example.com",
        ])
        guard case .smtp(let server, caFile: nil) = settings.mail.transport else { throw SettingsMailError() }
        return server
    }

    @Test(arguments: [
        ("smtp://mail.example.com", 587, SMTPServer.Security.startTLSRequired),
        ("smtp://mail.example.com:25/", 25, .startTLSRequired),
        ("smtp://mail.example.com?starttls=optional", 587, .startTLSOptional),
        ("smtp://localhost:1025", 1025, .startTLSOptional), ("smtp://127.0.0.1", 587, .startTLSOptional),
        ("smtp://[::1]:25", 25, .startTLSOptional), ("smtp://localhost?starttls=required", 587, .startTLSRequired),
        ("smtps://mail.example.com", 465, .tls), ("SMTPS://mail.example.com:1465", 1465, .tls),
    ])
    func theURLDecidesPortAndEncryption(url: String, port: Int, security: SMTPServer.Security) throws {
        let server = try server(url)
        #expect(server.port == port && server.security == security && server.credentials == nil)
    }

    @Test func userAndPasswordArePercentDecoded() throws {
        let credentials = try #require(try server("smtp://me%40example.com:p%40s%3As%2F%25%C3%A9+@mail").credentials)
        #expect(credentials.user == "me@example.com")
        #expect(credentials.password.unredacted == "p@s:s/%é+")
    }

    @Test func withAServerThePublicURLAndTheSenderMustBeSet() {
        let list = problems(["USHER_SMTP_URL": "smtp://localhost"])
        #expect(list.count == 2, "\(list)")
        #expect(list.contains { $0.hasPrefix("USHER_PUBLIC_URL is not set") })
        #expect(list.contains { $0.hasPrefix("USHER_MAIL_FROM is not set") })
    }

    @Test func aWrongPublicURLIsNotAlsoCalledMissing() {
        let list = problems([
            "USHER_SMTP_URL": "smtp://localhost", "USHER_PUBLIC_URL": "nowhere", "USHER_MAIL_FROM": "a@example.com",
        ])
        #expect(list.count == 1, "\(list)")
    }

    @Test(arguments: [
        ("a@example.com", "", "a@example.com"), ("<a@example.com>", "", "a@example.com"),
        ("Ä Shop <a.b+c@example.com>", "Ä Shop", "a.b+c@example.com"), (#""A, B" <a@b>"#, "A, B", "a@b"),
    ])
    func theSenderIsReadWithAndWithoutAName(text: String, name: String, address: String) throws {
        let sender = try load(["USHER_MAIL_FROM": text]).mail.from
        #expect(sender.name == name && sender.address.text == address)
    }

    @Test(arguments: [
        "a@b\r\nRCPT TO:<x@y>", "A\nBcc: x@y <a@b>", "a b@example.com", "a@@b", "@b", "a@", "a..b@c", "<a@b", "a@b>",
        "é@example.com", "\"a\"@b",
    ])
    func aSenderThatCouldBreakAMailIsRefused(text: String) {
        #expect(problems(["USHER_MAIL_FROM": text]).count == 1)
    }
}

private struct SettingsMailError: Error {}
