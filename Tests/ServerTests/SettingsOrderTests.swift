import Server
import Testing

struct SettingsOrderTests {
    private static let files = [
        "/srv/usher/.env": "USHER_PORT=3\nUSHER_HOST=0.0.0.3\nUSHER_APP_NAME=three\n",
        "/srv/usher/usher.json": #"{"port": 4, "host": "0.0.0.4", "appName": "four", "audience": "four"}"#,
    ]

    @Test func aFlagBeatsTheEnvironmentWhichBeatsTheFileDotEnvWhichBeatsTheConfigurationFile() throws {
        let flags = Settings.Flags(port: "1", config: "usher.json")
        let settings = try load(["USHER_PORT": "2", "USHER_HOST": "0.0.0.2"], flags: flags, files: Self.files)
        #expect(settings.listen.port == 1)
        #expect(settings.listen.host == "0.0.0.2")
        #expect(settings.app.name == "three")
        #expect(settings.web.audience == "four")
    }

    @Test func withoutTheFlagNoConfigurationFileIsRead() throws {
        #expect(try load(files: Self.files).web.audience == "http://localhost:3")
    }

    @Test func anEmptyVariableIsLikeNoneAndHidesWhatLaterPlacesSay() throws {
        let settings = try load(["USHER_PORT": "", "USHER_HOST": "0.0.0.2"], files: Self.files)
        #expect(settings.listen.port == 8080)
    }

    @Test func theFlagsForHostAndDataAreRead() throws {
        let settings = try load(flags: .init(host: "::", data: "elsewhere"))
        #expect(settings.listen.host == "::")
        #expect(settings.storage.folder == "/srv/usher/elsewhere")
    }

    @Test func theConfigurationFileTakesNumbersBooleansAndLists() throws {
        let file = """
            {"port": 9000, "allowHttp": true, "publicUrl": "http://a.example.com", "rateLimits": false, "templates": null,
             "allowedOrigins": ["https://a.example.com", "https://b.example.com"], "smtpCaFile": "ca.pem"}
            """
        let settings = try load(
            flags: .init(config: "/etc/usher.json"), files: ["/etc/usher.json": file, "/srv/usher/ca.pem": "-"])
        #expect(settings.listen.port == 9000)
        #expect(!settings.web.hasRateLimits)
        #expect(settings.web.allowedOrigins.count == 2)
    }

    @Test(arguments: [
        ("A=1\r\nUSHER_PORT=9\r\n", "9"), ("\u{feff}USHER_PORT=9", "9"), ("export USHER_PORT = 9", "9"),
        ("USHER_PORT=9 # the port", "9"), ("USHER_PORT=\"9\" # the port", "9"), ("USHER_PORT='9'", "9"),
        ("# USHER_PORT=8\n\n  USHER_PORT=9  ", "9"),
    ])
    func theFileDotEnvIsReadAsPeopleWriteIt(text: String, port: String) throws {
        #expect(try load(files: ["/srv/usher/.env": text]).listen.port == Int(port))
    }

    @Test func quotesInTheFileDotEnvKeepWhatIsInThem() throws {
        let text = #"""
            USHER_APP_NAME="A \"b\" # = c"
            USHER_AUDIENCE='a\n#b'
            """#
        let settings = try load(files: ["/srv/usher/.env": text])
        #expect(settings.app.name == #"A "b" # = c"#)
        #expect(settings.web.audience == #"a\n#b"#)
    }
}
