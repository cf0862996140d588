import Server
import Testing

struct SettingsProblemsTests {
    @Test func everythingThatIsWrongIsListedAtOnce() {
        let list = problems(
            ["USHER_PORT": "eighty", "USHER_SEAT_IDL": "30d", "USHER_LOG_LEVEL": "loud"],
            flags: .init(config: "usher.json"),
            files: [
                "/srv/usher/.env": "USHER_DRAIN=soon\nJWT_SECRET=geheim\nwhat is this",
                "/srv/usher/usher.json": #"{"rateLimit": "on", "appUrl": "javascript:alert(1)"}"#,
            ])
        #expect(list.count == 8, "\(list)")
        let text = SettingsProblemsTests.text(list)
        for part in [
            "USHER_PORT: \"eighty\" is not a port. Write a number from 1 to 65535.",
            "USHER_SEAT_IDL is not a setting. Did you mean USHER_SEAT_IDLE?",
            "USHER_LOG_LEVEL: \"loud\" is not a log level. Write one of trace, debug, info,",
            "USHER_DRAIN in .env: \"soon\" is not a duration. Write it like 30d, 12h, 10m or 45s.",
            "JWT_SECRET in .env is a setting of the replaced system.",
            ".env, line 3: not understood. Write NAME=value.",
            "`rateLimit` in usher.json is not a setting. Did you mean `rateLimits`?",
            "`appUrl` in usher.json: \"javascript:alert(1)\" is not a URL",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        #expect(!text.contains("geheim"))
    }

    @Test func theListIsReadableInATerminal() throws {
        do {
            _ = try load(["USHER_PORT": "0", "USHER_DRAIN": "2d"])
            Issue.record("accepted")
        } catch {
            #expect(
                error.description == """
                    The settings are not right:
                      - USHER_PORT: "0" is not a port. Write a number from 1 to 65535.
                      - USHER_DRAIN: "2d" is out of range. Write 0 to 1h.
                    """)
        }
    }

    private static func text(_ list: [String]) -> String { list.joined(separator: "\n") }

    /// One wrong setting, and a part of what is said of it.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let name: String
        let value: String
        let says: String

        var testDescription: String { "\(name)=\(value)" }

        init(_ name: String, _ value: String, _ says: String) {
            self.name = "USHER_" + name
            self.value = value
            self.says = says
        }
    }

    @Test(arguments: [
        Wrong("HOST", "http://0.0.0.0", "not an address to listen on"),
        Wrong("PORT", "+80", "not a port"),
        Wrong("PORT", "65536", "not a port"),
        Wrong("SEAT_IDLE", "30", "not a duration"),
        Wrong("SEAT_IDLE", "-1d", "not a duration"),
        Wrong("SEAT_IDLE", "1.5d", "not a duration"),
        Wrong("SEAT_IDLE", "99999999999d", "not a duration"),
        Wrong("SESSION_LIFETIME", "0", "Write 1m to 3650d"),
        Wrong("INVITE_LIFETIME", "9999999999d", "out of range"),
        Wrong("RATE_LIMITS", "maybe", "Write on or off."),
        Wrong("ALLOW_HTTP", "please", "Write 1 or 0."),
        Wrong("LOG_FORMAT", "xml", "Write text or json."),
        Wrong("APP_NAME", "a\u{1b}[31m", "one line"),
        Wrong("AUDIENCE", "a b", "without spaces"),
        Wrong("APP_URL", "https://a.example.com/\"onclick=", "Percent-encode"),
        Wrong("APP_URL", "ftp://a.example.com", "not the address of a page"),
        Wrong("COMMANDS", "missing.json", "does not exist"),
        Wrong("SMTP_CA_FILE", "missing.pem", "does not exist"),
        Wrong("GEO_HEADERS", "a,b,c,d", "more than three"),
        Wrong("GEO_HEADERS", "X Country", "not the name of a header"),
        Wrong("ALLOWED_ORIGINS", "*", "every site"),
        Wrong("ALLOWED_ORIGINS", "shop.example.com", "not a URL"),
        Wrong("ALLOWED_ORIGINS", "https://a.example.com/x", "no path"),
        Wrong("TRUSTED_PROXIES", "10.0.0.0/33", "not a network"),
        Wrong("METRICS_FROM", "localhost", "not a network"),
        Wrong("MAIL_FROM", "nobody", "not an address"),
        Wrong("DATABASE_URL", "postgres://u:p@[::1/usher", "percent-encoded"),
        Wrong("DATABASE_URL", "postgres://u:p/word@db/usher", "percent-encoded"),
        Wrong("DATABASE_URL", "postgres://u:p@word@db/usher", "percent-encoded"),
        Wrong("DATABASE_URL", "postgres://u:p%zz@db/usher", "percent-encoded"),
        Wrong("DATABASE_URL", "postgres://u:p@db:70000/usher", "postgres://user:password@host:5432/name"),
        Wrong("DATABASE_URL", "postgres://u:p@db/usher?sslmod=require", "an option after the `?`"),
        Wrong("DATABASE_URL", "postgres://u:p@db/usher?pgbouncer=session", "can only be `transaction`"),
        Wrong("DATABASE_URL", "mysql://u:p@db/usher", "postgres://user:password@host/name"),
        Wrong("DATABASE_URL", "file:./dev.db", "Write sqlite:<path>"),
        Wrong("DATABASE_URL", "sqlite::memory:", "does not name a file"),
        Wrong("DATABASE_URL", "sqlite://usher.db", "one or three"),
    ])
    func aWrongValueIsRefusedWithWhatWouldBeRight(wrong: Wrong) {
        let list = problems([wrong.name: wrong.value])
        #expect(list.count == 1, "\(list)")
        #expect(list.first?.hasPrefix(wrong.name + ": ") ?? false, "\(list)")
        #expect(list.first?.contains(wrong.says) ?? false, "\(list)")
        if wrong.value.hasPrefix("postgres:") { #expect(list.first?.contains("u:p") == false) }
    }

    @Test func aWrongFlagIsCalledByItsName() {
        let list = problems(flags: .init(port: "x"))
        #expect(list == ["--port: \"x\" is not a port. Write a number from 1 to 65535."])
    }

    @Test(arguments: [
        ("[]", "must be a JSON object"), ("{", "is not JSON, line 1"),
        (#"{"port": [80]}"#, "`port` in u.json: must be"),
        (#"{"USHER_SMTP_URL": "x"}"#, "Did you mean `smtpUrl`?"), (#"{"smtp_url": "x"}"#, "Did you mean `smtpUrl`?"),
        (#"{"port": 80.5}"#, "not a port"), (#"{"JWT_SECRET": "x"}"#, "the replaced system"),
        (#"{"port": 80, "port": 81}"#, "is not JSON"), ("unreadable", "permission denied"),
    ])
    func aWrongConfigurationFileIsRefused(file: String, says: String) {
        let list = problems(flags: .init(config: "u.json"), files: ["/srv/usher/u.json": file])
        #expect(list.count == 1 && list.first?.contains(says) ?? false, "\(list)")
    }

    @Test func aMissingConfigurationFileIsRefusedAndAMissingFileDotEnvIsNot() throws {
        #expect(problems(flags: .init(config: "u.json")) == ["--config: \"u.json\" does not exist."])
        #expect(problems(files: ["/srv/usher/.env": "unreadable"]) == [".env can't be read: permission denied."])
        _ = try load()
    }

    @Test func aVariableSetTwiceInTheFileDotEnvIsRefused() {
        let list = problems(files: ["/srv/usher/.env": "USHER_PORT=1\nUSHER_PORT=2"])
        #expect(list == [".env, line 2: USHER_PORT is set a second time. Keep one."])
    }
}
