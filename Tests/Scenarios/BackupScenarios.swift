import Foundation
import JSON
import Storage
import Synchronization
import TestSupport
import Testing

/// `usher backup` beside a server at work, and `usher restore` when the data is gone.
@Suite(.enabled(if: DatabaseKind.isSQLite, "copies SQLite's file"))
struct BackupScenarios {
    private func backUp(_ lab: Lab, to name: String = "copy.db") async throws -> String {
        let made = try await lab.verb(["backup", name])
        try #require(made.status == 0, "\(made.errors)")
        return lab.folder.appending(path: name).path()
    }

    /// The drill: whoever was logged in stays so, with tokens that the back-up has never seen.
    @Test func afterARestoreUsersStayLoggedInAndNoIDIsGivenTwice() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        let ann = try await shop.customer("ann", seats: 1)
        let login = try await ann.session()
        let file = try await backUp(lab)
        let newest = try await lab.refreshed(try await lab.refreshed(try await lab.refreshed(login)))
        let bob = try await shop.customer("bob", seats: 1)
        let later = try await bob.session()
        try await lab.stop()

        let key = lab.data.appending(path: "master.key")
        try FileManager.default.moveItem(at: key, to: lab.folder.appending(path: "kept.key"))
        try FileManager.default.removeItem(at: lab.data)
        let restored = try await lab.verb(["restore", file])
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(restored.output.contains("2 users, 1 licence, 1 session"), "\(restored.output)")
        #expect(restored.output.contains(key.path()), "where the master key belongs: \(restored.output)")
        try FileManager.default.moveItem(at: lab.folder.appending(path: "kept.key"), to: key)
        try await lab.serve()

        let next = try await lab.refreshed(newest)
        #expect(next.limited == false, "the seat is still hers")
        #expect(try await lab.refresh(later.refreshToken).status == 401, "a session that the back-up does not have")
        let carl = try await shop.customer("carl", seats: 1)
        #expect(carl.id > bob.id && carl.id > 1_000_000)
        #expect(try #require(carl.licenseID) > 1_000_000)
        #expect(try #require(try await carl.session().sessionID) > 1_000_000)

        try await lab.advance(by: .seconds(11))
        #expect(try await lab.refresh(newest.refreshToken, on: "Thief/1").code == "SESSION_REVOKED")
        #expect(try await lab.refresh(next.refreshToken).code == "SESSION_REVOKED")
    }

    @Test func aBackUpUnderLoadHasEverythingThatWasAnsweredBefore() async throws {
        let lab = try await Lab.start(settings: ["USHER_RATE_LIMITS": "off"])
        let shop = try await lab.shop()
        // Large enough that much is written while it is copied.
        let database = try SQLiteDatabase(path: lab.data.appending(path: "usher.db").path())
        try await database.write { tx in
            try tx.execute("CREATE TABLE ballast (bytes BLOB)")
            for _ in 1...64 { try tx.execute("INSERT INTO ballast VALUES (randomblob(1048576))") }
        }
        try await database.close()
        let session = try await shop.customer("ann", seats: 1).session()
        let load = Load(lab, shop, session)
        _ = try await eventually("some users") { load.users.count >= 20 ? true : nil }
        let answered = load.users
        let file = try await backUp(lab)
        _ = try await eventually("users after the back-up") { load.users.count >= answered.count + 20 ? true : nil }
        let newest = try await load.stop()

        try await lab.stop()
        let restored = try await lab.verb(["restore", file])
        #expect(restored.status == 0, "\(restored.errors)")
        try await lab.serve()
        for id in answered { #expect(try await shop.user(id)["licenses"]?.items.count == 1) }
        #expect(try await lab.refreshed(newest).limited == false)
        let halves = try DatabaseLook(backup: file).read { tx in
            try tx.row(
                "SELECT COUNT(*) AS halves FROM users WHERE role <> 'ADMIN' AND id NOT IN (SELECT user_id FROM licenses)"
            )?.int("halves")
        }
        #expect(halves == 0, "user and licence are one command")
    }

    @Test func theDatabaseOfAKilledServerIsKeptWithItsLog() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        let file = try await backUp(lab)
        let ann = try await shop.customer("ann", seats: 1)
        try await lab.kill()
        try #require(FileManager.default.fileExists(atPath: lab.data.appending(path: "usher.db-wal").path()))
        let restored = try await lab.verb(["restore", file])
        #expect(restored.status == 0, "\(restored.errors)")

        let files = try FileManager.default.contentsOfDirectory(atPath: lab.data.path())
        let names = files.filter { $0.hasPrefix("usher.db") }
        let kept = try #require(names.first { $0.hasPrefix("usher.db.replaced-2") }, "\(names)")
        #expect(Set(names) == ["usher.db", kept], "no log is left for the new database")
        #expect(restored.output.contains(kept))
        let old = try DatabaseLook(backup: lab.data.appending(path: kept).path())
        #expect(try old.read { tx in try tx.row("SELECT id FROM users WHERE id = $1", Int64(ann.id)) } != nil)
        try await lab.serve()
        #expect(try await shop.call("get-user", ["userId": .int(ann.id)]).status == 404)
        // There was no licence in the back-up, and so no counter of theirs.
        #expect(try #require(try await shop.customer("ann", seats: 1).licenseID) > 1_000_000)
    }

    @Test func aLogWithoutItsDatabaseIsNotAppliedToTheBackUp() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        let file = try await backUp(lab)
        let ann = try await shop.customer("ann")
        try await lab.kill()
        try FileManager.default.removeItem(at: lab.data.appending(path: "usher.db"))
        let restored = try await lab.verb(["restore", file])
        #expect(restored.status == 0, "\(restored.errors)")
        try await lab.serve()
        #expect(try await shop.call("get-user", ["userId": .int(ann.id)]).status == 404)
    }

    @Test func aDamagedDatabaseIsReplacedAndKept() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        let file = try await backUp(lab)
        try await lab.stop()
        try lab.write(String(repeating: "damage ", count: 2000), to: "data/usher.db")
        let restored = try await lab.verb(["restore", file])
        #expect(restored.status == 0, "\(restored.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: lab.data.path())
        let kept = try #require(names.first { $0.hasPrefix("usher.db.replaced-2") }, "\(names)")
        #expect(try String(contentsOf: lab.data.appending(path: kept), encoding: .utf8).hasPrefix("damage"))
        try await lab.serve()
        #expect(try await shop.call("list-users").status == 200)
    }

    // MARK: What is refused

    @Test(arguments: [
        ("none", "cannot be read: No such file"), ("text", "is no whole SQLite database"),
        ("empty", "is no database of Usher"), ("truncated", "is no whole SQLite database"), ("corrupt", "is damaged"),
        ("foreign", "is no database of Usher"), ("newer", "newer version of Usher"), ("with a log", "is not whole"),
        ("of another key", "the master key does not open"),
    ])
    func aFileThatIsNoGoodBackUpChangesNothing(kind: String, reason: String) async throws {
        let lab = try await Lab.start()
        _ = try await lab.shop()
        let file = try await backUp(lab)
        try await lab.stop()
        try await spoil(file, kind, lab)
        let before = try lab.contents()
        let refused = try await lab.verb(["restore", file])
        #expect(refused.status == 1)
        #expect(refused.errors.contains(file) && refused.errors.contains(reason), "\(refused.errors)")
        #expect(refused.errors.contains("Nothing was changed"), "\(refused.errors)")
        #expect(try lab.contents() == before)
        try FileManager.default.removeItem(at: lab.data)
        guard kind != "of another key" else { return }
        #expect(try await lab.verb(["restore", file]).status == 1)
        #expect(!lab.hasDataFolder)
    }

    private func spoil(_ file: String, _ kind: String, _ lab: Lab) async throws {
        let handle = try FileHandle(forUpdating: URL(filePath: file))
        defer { try? handle.close() }
        switch kind {
        case "none": try FileManager.default.removeItem(atPath: file)
        case "text": try handle.write(contentsOf: Data(String(repeating: "no database ", count: 100).utf8))
        case "empty": try handle.truncate(atOffset: 0)
        case "truncated": try handle.truncate(atOffset: try handle.seekToEnd() - 40_000)
        case "corrupt":
            try handle.seek(toOffset: 8192)
            try handle.write(contentsOf: Data(repeating: 0xAB, count: 16_384))
        case "foreign":
            try FileManager.default.removeItem(atPath: file)
            let database = try SQLiteDatabase(path: file)
            _ = try await database.write { tx in try tx.execute("CREATE TABLE songs (title TEXT)") }
            try await database.close()
        case "newer":
            let database = try SQLiteDatabase(path: file)
            _ = try await database.write { tx in
                try tx.execute("INSERT INTO schema_migrations (name, applied_at) VALUES ('2031-01-01-moon', 1)")
            }
            try await database.close()
        case "with a log": try Data(repeating: 1, count: 100).write(to: URL(filePath: file + "-wal"))
        default: try lab.write("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY", to: "data/master.key")
        }
    }

    @Test func aFileThatIsThereIsNotOverwritten() async throws {
        let lab = try await Lab.start()
        let file = try lab.write("dear diary", to: "copy.db")
        let refused = try await lab.verb(["backup", "copy.db"])
        #expect(refused.status == 1)
        #expect(refused.errors.contains("\(file) is there already"), "\(refused.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "dear diary")
    }

    @Test func aBackUpIsOneFileForItsOwnerAlone() async throws {
        let lab = try await Lab.start()
        try FileManager.default.createDirectory(
            at: lab.folder.appending(path: "copies"), withIntermediateDirectories: false)
        let made = try await lab.verb(["backup", "copies/a.db"])
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.errors.isEmpty, "progress is for terminals")
        #expect(made.output.contains(lab.data.appending(path: "master.key").path()), "\(made.output)")
        let folder = lab.folder.appending(path: "copies").path()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.db"])
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/a.db")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let nowhere = try await lab.verb(["backup", "nowhere/a.db"])
        #expect(nowhere.status == 1)
        #expect(nowhere.errors.contains("nowhere/a.db cannot be made: No such file"), "\(nowhere.errors)")
    }

    @Test func besideAServerNothingIsRestored() async throws {
        let lab = try await Lab.start()
        let shop = try await lab.shop()
        let file = try await backUp(lab)
        let ann = try await shop.customer("ann")
        let refused = try await lab.verb(["restore", file])
        #expect(refused.status == 1)
        #expect(refused.errors.contains("A server runs on the data folder \(lab.data.path())"), "\(refused.errors)")
        #expect(try await shop.user(ann.id)["email"]?.stringValue == ann.email)
    }

    @Test func besideAVerbNothingIsRestored() async throws {
        let lab = try await Lab.start()
        let file = try await backUp(lab)
        try await lab.stop()
        let verb = try SQLiteDatabase(path: lab.data.appending(path: "usher.db").path())
        let refused = try await lab.verb(["restore", file])
        #expect(refused.status == 1)
        #expect(refused.errors.contains("Another program uses"), "\(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: lab.data.appending(path: "usher.db.restore").path()))
        try await verb.close()
        #expect(try await lab.verb(["restore", file]).status == 0)
    }
}

/// A shop that makes users, and a program that refreshes, until they are stopped.
private final class Load: Sendable {
    private final class Made: Sendable {
        let ids = Mutex<[Int]>([])
    }

    private let made: Made
    private let orders: [Task<Void, any Error>]
    private let refreshes: Task<Login, any Error>

    init(_ lab: Lab, _ shop: Shop, _ login: Login) {
        let made = Made()
        self.made = made
        orders = (1...3).map { lane in
            Task {
                var number = 0
                while !Task.isCancelled {
                    number += 1
                    let user = try await shop.run(
                        "create-user",
                        [
                            "email": .string("user\(lane).\(number)@example.com"), "name": "User", "notify": false,
                            "license": ["validUntil": "never"],
                        ])
                    let id = try #require(user["id"]?.int)
                    made.ids.withLock { $0.append(id) }
                }
            }
        }
        refreshes = Task {
            var login = login
            while !Task.isCancelled { login = try await lab.refreshed(login) }
            return login
        }
    }

    /// Those whose command was answered.
    var users: [Int] { made.ids.withLock { $0 } }

    /// The newest tokens.
    func stop() async throws -> Login {
        for order in orders { order.cancel() }
        refreshes.cancel()
        for order in orders { try await order.value }
        return try await refreshes.value
    }
}
