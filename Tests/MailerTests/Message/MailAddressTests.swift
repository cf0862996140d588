import Testing

@testable import Mailer

struct MailAddressTests {
    @Test(arguments: [
        ("ann@example.com", "ann@example.com"),
        ("Ann.Lee+usher@Example.COM", "Ann.Lee+usher@example.com"),
        ("root@localhost", "root@localhost"),
        ("info@bücher.example", "info@xn--bcher-kva.example"),
        ("info@BÜCHER.example", "info@xn--bcher-kva.example"),
        // A decomposed ü is the same name.
        ("info@bu\u{308}cher.example", "info@xn--bcher-kva.example"),
        ("info@例え.テスト", "info@xn--r8jz45g.xn--zckzah"),
    ])
    func anAddressIsKeptWithItsDomainInASCII(given: String, kept: String) throws {
        #expect(try MailAddress(given).text == kept)
    }

    @Test(arguments: [
        "", "ann", "@example.com", "ann@", "ann@@example.com", "a b@example.com", "ann@exam ple.com",
        ".ann@example.com",
        "ann.@example.com", "a..b@example.com", "ann@-example.com", "ann@example-.com", "ann@.example.com",
        "ann@example..com", "ann@example.com.", "\"ann\"@example.com", "ann@[127.0.0.1]", "<ann@example.com>",
        "ann@exa_mple.com", "ann@example.com\r\nRCPT TO:<x@example.com>", "ann\r\n@example.com", "ann\n@example.com",
        "ann\0@example.com", "ann@example.com\n", "ann@bücher\r\n.example", "ann@büc/her.example",
        "ann@büc@her.example",
        "ann@büc:99", "ann@b%C3%BCcher.example", "ann\u{301}@example.com", "jörg@example.com", "ann@\u{301}example.com",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(throws: MailAddressError.self) { try MailAddress(text) }
    }

    @Test func lengthsEndWhereTheStandardSays() throws {
        let local = String(repeating: "a", count: 64)
        let label = String(repeating: "b", count: 63)
        #expect(try MailAddress("\(local)@\(label).\(label).\(label.dropFirst(2))").text.count == 254)
        #expect(throws: MailAddressError.tooLong) {
            try MailAddress("\(local)@\(label).\(label).\(label.dropFirst(1))")
        }
        #expect(throws: MailAddressError.badLocalPart) { try MailAddress("\(local)a@example.com") }
        #expect(throws: MailAddressError.badDomain) { try MailAddress("a@\(label)b.com") }
    }

    @Test(arguments: [
        ("ann@example.com", "", "ann@example.com"),
        ("Ann Lee <ann@example.com>", "Ann Lee", "ann@example.com"),
        ("\"Lee, Ann\" <ann@example.com>", "Lee, Ann", "ann@example.com"),
        ("\"A \\\"B\\\" \\\\C\" <ann@example.com>", "A \"B\" \\C", "ann@example.com"),
        ("Jörg\nX <ann@example.com>", "Jörg X", "ann@example.com"),
        ("<ann@example.com>", "", "ann@example.com"),
    ])
    func aMailboxIsReadAsPeopleWriteIt(text: String, name: String, address: String) throws {
        let mailbox = try Mailbox(text)
        #expect(mailbox.name == name)
        #expect(mailbox.address.text == address)
    }
}
