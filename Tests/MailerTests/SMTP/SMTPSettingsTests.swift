import Cryptography
import Testing

@testable import Mailer

struct SMTPSettingsTests {
    @Test(
        arguments: [
            ("smtp://mail.example.com", "smtp://mail.example.com:587", .startTLS),
            ("smtp://mail.example.com:25/", "smtp://mail.example.com:25", .startTLS),
            ("SMTPS://Mail.Example.com", "smtps://mail.example.com:465", .implicit),
            ("smtp://localhost:1025", "smtp://localhost:1025", .startTLSIfOffered),
            ("smtp://127.0.0.1", "smtp://127.0.0.1:587", .startTLSIfOffered),
            ("smtp://127.evil.com", "smtp://127.evil.com:587", .startTLS),
            ("smtp://localhost.evil.com", "smtp://localhost.evil.com:587", .startTLS),
            ("smtp://[::1]:2525", "smtp://[::1]:2525", .startTLSIfOffered),
            ("smtp://localhost?starttls=required", "smtp://localhost:587", .startTLS),
            ("smtp://mail.example.com:26?starttls=optional", "smtp://mail.example.com:26", .startTLSIfOffered),
        ] as [(String, String, SMTPSettings.Security)])
    func aURLIsRead(url: String, server: String, security: SMTPSettings.Security) throws {
        let settings = try SMTPSettings(url: url)
        #expect(settings.description == server)
        #expect(settings.security == security)
        #expect(settings.credentials == nil)
    }

    @Test(arguments: [
        ("smtp://ann:secret@h", "ann", "secret"),
        ("smtp://ann%40example.com:p%3A%2F%3F%23%25@h", "ann@example.com", "p:/?#%"),
        ("smtp://ann@example.com:a@b:c@h", "ann@example.com", "a@b:c"),
        ("smtp://ann:p%c3%a4ss@h", "ann", "päss"),
    ])
    func userAndPasswordAreDecoded(url: String, user: String, password: String) throws {
        let settings = try SMTPSettings(url: url)
        #expect(settings.host == "h")
        #expect(settings.credentials?.user == user)
        #expect(settings.credentials?.password.unredacted == password)
        #expect(!"\(settings)".contains(password))
    }

    @Test(
        arguments: [
            ("http://h", .badScheme), ("mail.example.com", .badScheme), ("smtp://", .badHost), ("smtp://a b", .badHost),
            ("smtp://h:0", .badPort), ("smtp://h:65536", .badPort), ("smtp://h:x", .badPort), ("smtp://[::1", .badHost),
            ("smtp://[x]", .badHost), ("smtp://ann@h", .noPassword), ("smtp://ann:@h", .noPassword),
            ("smtp://:p@h", .noPassword), ("smtp://a:%zz@h", .badPercentEncoding),
            ("smtp://a:%f@h", .badPercentEncoding),
            ("smtp://a:%0d%0aRSET@h", .badPercentEncoding), ("smtp://a:%ff@h", .badPercentEncoding),
            ("smtp://a:%00@h", .badPercentEncoding), ("smtp://h?starttls=maybe", .unknownOption),
            ("smtp://h/path", .unknownOption), ("smtps://h?starttls=required", .unknownOption),
            ("smtp://a:b%2@h", .badPercentEncoding), ("smtp://h\r\n", .badHost),
        ] as [(String, SMTPSettingsError)])
    func aWrongURLIsRefused(url: String, error: SMTPSettingsError) {
        #expect(throws: error) { try SMTPSettings(url: url) }
    }

    /// `smtp://user:pa/ss@host`: the password would have become part of the host's name in the message.
    @Test func anErrorHasNoPasswordInIt() throws {
        let error = try #require(throws: SMTPSettingsError.self) { try SMTPSettings(url: "smtp://ann:se/cret@h") }
        #expect(!error.description.contains("cret"))
    }
}
