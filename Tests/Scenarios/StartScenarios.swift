import Foundation
import JSON
import Storage
import TestSupport
import Testing

/// Starts that must fail: everything that is wrong is said at once, with what would be right, and nothing is changed.
struct StartScenarios {
    private func expect(
        _ finished: Finished, status: Int32, _ parts: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(finished.status == status, "\(finished.errors)", sourceLocation: sourceLocation)
        for part in parts {
            #expect(
                finished.errors.contains(part), "\(part) in: \(finished.errors)", sourceLocation: sourceLocation)
        }
        for trace in ["Fatal error", "Stack dump", ".swift:"] {
            #expect(!finished.errors.contains(trace), "\(finished.errors)", sourceLocation: sourceLocation)
        }
    }

    /// A lab whose server has run once.
    private func stopped(_ settings: [String: String] = [:]) async throws -> Lab {
        let lab = try await Lab.start(settings: settings)
        try await lab.stop()
        return lab
    }

    // MARK: What is set

    @Test func anOverlayNamesAllItsMistakesWithTheirPlaces() async throws {
        let lab = try await Lab.idle(settings: ["USHER_COMMANDS": "overlay.json"])
        let path = try lab.write(
            """
            {"version": 1, "comands": {}, "commands": {
                "create-licence": {"disabled": true},
                "get-user": {"disable": true, "aliases": ["List Users", "list-users"]},
                "create-user": {"input": {"properties": {"name": {"minLength": "3"}, "role": {"$ref": "#/$defs/none"}}}},
                "delete-user": true}}
            """, to: "overlay.json")
        let finished = try await lab.refusedStart()
        expect(
            finished, status: 78,
            [
                "USHER_COMMANDS", "\(path): /comands: ", "\(path): /commands/create-licence: there is no such action",
                "did you mean `create-license`?", "\(path): /commands/get-user/disable: ",
                "\(path): /commands/get-user/aliases/0: ", "\(path): /commands/get-user/aliases: `list-users`",
                "\(path): /commands/create-user/input/properties/name/minLength",
                "\(path): /commands/create-user/input/properties/role/$ref",
                "\(path): /commands/delete-user: `commands.delete-user` must be",
            ])
        #expect(!lab.hasDataFolder)
    }

    @Test(arguments: ["{", #"{"version":2,"commands":{}}"#, "[]", ""])
    func whatIsNoOverlayIsNamed(text: String) async throws {
        let lab = try await Lab.idle(settings: ["USHER_COMMANDS": "overlay.json"])
        let path = try lab.write(text, to: "overlay.json")
        expect(try await lab.refusedStart(), status: 78, ["USHER_COMMANDS", path])
    }

    @Test func aTemplateWithAWrongVariableIsNamedWithItsLine() async throws {
        let lab = try await Lab.idle(settings: ["USHER_TEMPLATES": "templates"])
        try lab.write("Hello\n{{nmae}}\n", to: "templates/set-password.txt")
        try lab.write("Hello", to: "templates/set-pasword.txt")
        expect(
            try await lab.refusedStart(), status: 78, ["USHER_TEMPLATES", "set-password.txt:2:", "set-pasword.txt:"])
        #expect(!lab.hasDataFolder)
    }

    @Test func everyWrongSettingIsNamedAtOnceAndNoSecretIsShown() async throws {
        let names = [
            "HOST", "DATABASE_URL", "PUBLIC_URL", "ALLOW_HTTP", "ALLOWED_ORIGINS", "TRUSTED_PROXIES",
            "GEO_HEADERS", "DRAIN", "RATE_LIMITS", "METRICS_FROM", "MASTER_KEY", "SMTP_URL", "MAIL_FROM",
            "SMTP_CA_FILE", "APP_URL", "INVITE_LIFETIME", "SESSION_LIFETIME", "SEAT_IDLE", "COMMANDS", "LOG_LEVEL",
            "LOG_FORMAT",
        ].map { "USHER_" + $0 }
        let wrong = Dictionary(uniqueKeysWithValues: names.map { ($0, "s3cret value,,") })
        let lab = try await Lab.idle(
            settings: wrong.merging(["USHER_TEMPLATES": "nowhere", "USHER_NONSENSE": "1"]) { $1 })
        let finished = try await lab.refusedStart()
        expect(finished, status: 78, names.map { "\($0):" } + ["USHER_NONSENSE is not", "USHER_TEMPLATES"])
        for name in ["USHER_DATABASE_URL", "USHER_MASTER_KEY", "USHER_SMTP_URL"] {
            let line = finished.errors.split(separator: "\n").first { $0.contains(name + ":") }
            #expect(line?.contains("s3cret") == false, "\(line ?? "")")
        }
        #expect(!lab.hasDataFolder)
    }

    @Test(arguments: [
        (nil, "does not exist"), ("nothing in it", "holds no certificate"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be read"),
    ])
    func aWrongFileOfAuthoritiesStopsTheStart(text: String?, reason: String) async throws {
        let lab = try await Lab.idle(settings: [
            "USHER_SMTP_URL": "smtp://ann:s3cret@127.0.0.1:25", "USHER_MAIL_FROM": "usher@example.com",
            "USHER_PUBLIC_URL": "https://auth.example.com", "USHER_SMTP_CA_FILE": "ca.pem",
        ])
        if let text { try lab.write(text, to: "ca.pem") }
        let finished = try await lab.refusedStart()
        expect(finished, status: 78, ["USHER_SMTP_CA_FILE", "ca.pem", reason])
        #expect(!finished.errors.contains("s3cret"))
    }

    // MARK: What is found

    @Test func aPortInUseIsNamedBeforeAnythingIsMade() async throws {
        let other = try await Lab.start()
        let lab = try await Lab.idle()
        let finished = try await lab.bare(["serve", "--data", lab.data.path(), "--port", String(other.port)])
        expect(finished, status: 1, ["Port \(other.port)", "--port"])
        #expect(!lab.hasDataFolder)
    }

    @Test(arguments: ["192.0.2.1", "no-such-host.invalid"])
    func aHostThatIsNotThisMachineIsNamed(host: String) async throws {
        let lab = try await Lab.idle(settings: ["USHER_HOST": host])
        expect(try await lab.refusedStart(), status: 1, [host, "USHER_HOST"])
        #expect(!lab.hasDataFolder)
    }

    @Test func aSecondServerOnOneFolderIsRefused() async throws {
        let lab = try await Lab.start()
        let finished = try await lab.bare(["serve", "--data", lab.data.path(), "--port", String(try freePort())])
        expect(finished, status: 1, ["Another server runs on the data folder \(lab.data.path())", "--data"])
        #expect(try await lab.http.get("/readyz").status == 200)
    }

    @Test func aDatabaseOfANewerVersionIsLeftAlone() async throws {
        let lab = try await stopped()
        let database = try lab.openDatabase()
        _ = try await database.write { tx in
            try tx.execute("INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)", "2031-01-01-moon", 1)
        }
        try await database.close()
        expect(try await lab.refusedStart(), status: 1, ["newer version", "2031-01-01-moon", "back-up"])
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "damages SQLite's file"))
    func aFileThatIsNoDatabaseIsLeftAlone() async throws {
        let lab = try await stopped()
        try lab.write(String(repeating: "no database ", count: 1000), to: "data/usher.db")
        unsafe chmod(lab.data.appending(path: "usher.db").path(), 0o600)
        expect(try await lab.refusedStart(), status: 1, ["usher.db is not an SQLite database"])
    }

    @Test func aMasterKeyThatDoesNotFitChangesNothing() async throws {
        let lab = try await stopped()
        let key = try String(contentsOf: lab.data.appending(path: "master.key"), encoding: .utf8)
        for (text, reason) in [
            (Self.otherKey, "The master key does not open the keys"), ("AAAA\n", "is damaged"), ("", "is damaged"),
        ] {
            try lab.write(text, to: "data/master.key")
            unsafe chmod(lab.data.appending(path: "master.key").path(), 0o600)
            let finished = try await lab.refusedStart()
            expect(finished, status: 1, [reason, "master"])
            #expect(!finished.errors.contains(Self.otherKey))
        }
        try FileManager.default.removeItem(at: lab.data.appending(path: "master.key"))
        expect(try await lab.refusedStart(), status: 1, ["master.key cannot be read", "USHER_MASTER_KEY"])
        try lab.write(key, to: "data/master.key")
        try await lab.serve()
    }

    @Test func aMasterKeyOfTheEnvironmentThatDoesNotFitChangesNothing() async throws {
        let lab = try await stopped()
        let before = try lab.contents()
        for (key, status, reason) in [
            (Self.otherKey, Int32(1), "does not open the keys"), ("c2hvcnQ", 78, "has 5 bytes, and needs 32 or more"),
        ] {
            let finished = try await lab.bare(
                ["serve", "--data", lab.data.path()], environment: ["USHER_MASTER_KEY": key])
            expect(finished, status: status, [reason, "USHER_MASTER_KEY"])
            #expect(!finished.errors.contains(key))
        }
        #expect(try lab.contents() == before)
    }

    private static let otherKey = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY"

    @Test func anotherSystemUserIsTurnedAway() async throws {
        guard getuid() == 0, FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") else {
            print("Left out: a start as another system user. It needs root and setpriv.")
            return
        }
        let lab = try await stopped()
        let before = try lab.contents()
        unsafe chmod(lab.folder.path(), 0o755)
        // Where `nobody` can read it, whatever the folder of the build allows.
        let program = lab.folder.appending(path: "usher")
        try FileManager.default.copyItem(at: lab.program, to: program)
        let finished = try await Subprocess(
            URL(filePath: "/usr/bin/setpriv"),
            [
                "--reuid", "65534", "--regid", "65534", "--clear-groups", program.path(), "serve", "--data",
                lab.data.path(),
            ], environment: lab.environment, folder: lab.folder
        ).wait()
        expect(finished, status: 1, ["\(lab.data.path()) belongs to another system user", "sudo -u '#0'"])
        #expect(try lab.contents() == before)
    }

    // MARK: The disk

    @Test func aReadOnlyDataFolderIsNamed() async throws {
        let lab = try await Lab.idle()
        guard let disk = try await SmallDisk(at: lab.data, kibibytes: 4096, leftOut: "a read-only data folder") else {
            return
        }
        let finished = try await disk.use {
            try await disk.makeReadOnly()
            return try await lab.refusedStart()
        }
        expect(
            finished, status: 1, ["The data folder \(lab.data.path()) cannot be", "Read-only file system", "--data"])
    }

    /// After an error of the disk, Linux mounts it read-only; whoever restarts the server then has to be told.
    @Test func aDatabaseOnADiskThatBecameReadOnlyIsLeftAlone() async throws {
        let lab = try await Lab.idle()
        guard let disk = try await SmallDisk(at: lab.data, kibibytes: 16_384, leftOut: "a disk that became read-only")
        else { return }
        let finished = try await disk.use {
            try await lab.serve()
            try await lab.stop()
            try await disk.makeReadOnly()
            return try await lab.refusedStart()
        }
        expect(finished, status: 1, ["The data folder \(lab.data.path()) cannot be", "Read-only file system"])
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "fills the disk of SQLite's file"))
    func aFullDataFolderIsNamed() async throws {
        let lab = try await Lab.idle()
        guard let disk = try await SmallDisk(at: lab.data, kibibytes: 4096, leftOut: "a full data folder") else {
            return
        }
        let finished = try await disk.use {
            try disk.fill()
            return try await lab.refusedStart()
        }
        expect(finished, status: 1, ["The disk of \(lab.data.path()) is full", "Make room"])
    }

    @Test(.enabled(if: DatabaseKind.isSQLite, "fills the disk of SQLite's file"))
    func aDiskThatFillsUpIsSurvived() async throws {
        let lab = try await Lab.idle()
        guard let disk = try await SmallDisk(at: lab.data, kibibytes: 16_384, leftOut: "a disk that fills up") else {
            return
        }
        try await disk.use { try await fillUpAndRecover(lab, disk) }
    }

    private func fillUpAndRecover(_ lab: Lab, _ disk: SmallDisk) async throws {
        try await lab.serve()
        let shop = try await lab.shop()
        try disk.fill()
        let ready = try await lab.http.get("/readyz")
        #expect(ready.status == 503 && ready.detail.contains("The disk is full"), "\(ready.text)")
        // The write-ahead log may have room for some more.
        var made = 0
        let refused = try await eventually("a refusal for want of room") {
            let answer = try await shop.call(
                "create-user",
                ["email": .string("user\(made)@example.com"), "name": .string(String(repeating: "n", count: 200))])
            if answer.status == 200 { made += 1 }
            return answer.status == 200 ? nil : answer
        }
        #expect(refused.status == 503 && refused.code == "UNAVAILABLE", "\(refused.text)")
        #expect(refused.header("retry-after") != nil)
        for path in ["/healthz", "/.well-known/jwks.json"] { #expect(try await lab.http.get(path).status == 200) }
        #expect(try await shop.run("list-users")["items"]?.items.isEmpty == false, "reads go on")
        #expect(lab.log.contains("create-user failed") && lab.log.contains("is full"))
        #expect(!lab.log.contains(shop.token))

        try disk.clear()
        #expect(try await lab.http.get("/readyz").status == 200)
        let address = "user\(made)@example.com"
        try await shop.run("create-user", ["email": .string(address), "name": "After the flood"])
        for number in 0..<made { try await shop.run("get-user", ["email": .string("user\(number)@example.com")]) }
        #expect(try await shop.run("get-user", ["email": .string(address)])["name"] == "After the flood")
    }
}
