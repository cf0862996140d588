import Cryptography
import Server
import Testing

struct SettingsSecretsTests {
    private static let base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    @Test(arguments: [
        base64, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "000102030405060708090A0B0C0D0E0F101112131415161718191a1b1c1d1e1f",
    ])
    func aMasterKeyIsReadAsBase64OrHexadecimal(text: String) throws {
        #expect(try load(["USHER_MASTER_KEY": text]).storage.masterKey == .given(SecretBytes(Array(0..<32))))
    }

    @Test func bothAlphabetsOfBase64AreRead() throws {
        let standard = try load(["USHER_MASTER_KEY": "+/" + Self.base64.dropFirst(2)]).storage.masterKey
        let url = try load(["USHER_MASTER_KEY": "-_" + Self.base64.dropFirst(2)]).storage.masterKey
        #expect(standard == url && standard != .given(SecretBytes(Array(0..<32))))
    }

    @Test(arguments: [
        ("AAECAwQFBgc=", "has 8 bytes, and needs 32 or more"), ("changeme!", "neither Base64 nor hexadecimal"),
        (String(repeating: "0", count: 64), "placeholder"), (String(repeating: "abcd", count: 16), "placeholder"),
    ])
    func aWeakMasterKeyIsRefusedAndNotShown(text: String, says: String) {
        let list = problems(["USHER_MASTER_KEY": text])
        #expect(list.count == 1 && list[0].contains(says) && list[0].contains("openssl rand"), "\(list)")
        #expect(!list[0].contains(text))
    }

    @Test(arguments: ["\n", "\r\n", "", "\n\n"])
    func aSecretMayComeFromAFileWhoseLineEndIsDropped(end: String) throws {
        let settings = try load(
            ["USHER_MASTER_KEY_FILE": "/run/secrets/key"], files: ["/run/secrets/key": Self.base64 + end])
        #expect(settings.storage.masterKey == .given(SecretBytes(Array(0..<32))))
    }

    @Test func everySecretMayComeFromAFileAlsoByTheOtherPlaces() throws {
        let settings = try load(
            ["USHER_PUBLIC_URL": "https://a.example.com", "USHER_MAIL_FROM": "a@example.com"],
            flags: .init(config: "u.json"),
            files: [
                "/srv/usher/.env": "USHER_DATABASE_URL_FILE=db", "/srv/usher/db": "sqlite:/x.db\n",
                "/srv/usher/u.json": #"{"smtpUrlFile": "smtp"}"#, "/srv/usher/smtp": "smtp://localhost:1025\n",
            ])
        #expect(settings.storage.database == .sqlite(path: "/x.db"))
        #expect(settings.mail.transport != .folder(path: "/srv/usher/data/mail"))
    }

    @Test func aSecretGivenTwiceInOnePlaceIsRefused() {
        let list = problems(
            ["USHER_MASTER_KEY": Self.base64, "USHER_MASTER_KEY_FILE": "key"], files: ["/srv/usher/key": Self.base64])
        #expect(list == ["USHER_MASTER_KEY and USHER_MASTER_KEY_FILE are both set. Keep one."])
    }

    @Test func aFileInTheEnvironmentBeatsAValueInTheFileDotEnv() throws {
        let settings = try load(
            ["USHER_DATABASE_URL_FILE": "db"],
            files: ["/srv/usher/db": "sqlite:/right.db", "/srv/usher/.env": "USHER_DATABASE_URL=sqlite:/wrong.db"])
        #expect(settings.storage.database == .sqlite(path: "/right.db"))
    }

    @Test(arguments: [("missing", "does not exist"), ("empty", "is empty"), ("shut", "permission denied")])
    func aFileWithoutASecretIsRefused(path: String, says: String) {
        let list = problems(
            ["USHER_MASTER_KEY_FILE": path], files: ["/srv/usher/empty": "\n", "/srv/usher/shut": "unreadable"])
        #expect(list.count == 1 && list[0].hasPrefix("USHER_MASTER_KEY_FILE: \"\(path)\" "), "\(list)")
        #expect(list.first?.contains(says) ?? false)
    }

    @Test func onlySecretsHaveAVariantWithAFile() {
        let list = problems(["USHER_PORT_FILE": "port"])
        #expect(list.count == 1, "\(list)")
    }

    @Test(arguments: [
        "smtp://user:geheim", "smtp://user:geheim@mail.example.com/x", "http://user:geheim@mail.example.com",
        "smtp://user:geheim@mail.example.com?tls=no", "smtp://user:geheim%zz@mail.example.com", "smtp://geheim@mail",
        "smtp://user:geheim:x@mail.example.com", "smtp://user:ge heim@mail.example.com", "smtp://u:geheim@:587",
        "smtp://u:geheim@mail:port", "smtp://u:geheim#1@mail",
    ])
    func aWrongMailServerIsRefusedWithoutShowingItsPassword(url: String) {
        let list = problems([
            "USHER_SMTP_URL": url, "USHER_PUBLIC_URL": "https://a.example.com", "USHER_MAIL_FROM": "a@example.com",
        ])
        #expect(list.count == 1 && list[0].hasPrefix("USHER_SMTP_URL: the value "), "\(list)")
        #expect(!list.joined().contains("geheim"))
    }

    @Test func settingsPrintedWholeShowNoSecret() throws {
        let settings = try load([
            "USHER_SMTP_URL": "smtp://user:geheim@mail.example.com", "USHER_PUBLIC_URL": "https://a.example.com",
            "USHER_MAIL_FROM": "a@example.com", "USHER_MASTER_KEY": Self.base64,
        ])
        var dumped = ""
        dump(settings, to: &dumped)
        let printed = "\(settings)" + String(reflecting: settings) + dumped
        #expect(printed.contains("mail.example.com") && printed.contains("[redacted]"))
        #expect(!printed.contains("geheim") && !printed.contains(Self.base64) && !printed.contains("30, 31"))
    }
}
