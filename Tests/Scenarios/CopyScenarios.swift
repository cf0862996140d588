import Foundation
import JSON
import Storage
import TestSupport
import Testing

/// An installation that moves from SQLite to PostgreSQL, and back.
@Suite(.enabled(if: DatabaseKind.isSQLite, "brings databases of its own; once is enough"))
struct CopyScenarios {
    @Test func whoWasLoggedInStaysSoAfterAMoveToPostgreSQLAndBack() async throws {
        guard Nodes.arePossible(for: "a move to PostgreSQL") else { return }
        let old = try await Lab.start(settings: ["USHER_DATABASE_URL": ""])
        let shop = try await old.shop()
        let customer = try await shop.customer("ada", seats: 1)
        let login = try await customer.session()
        try await old.stop()

        let database = try TestDatabase(.postgres)
        let moved = try await old.verb(["copy", "--to", database.url])
        #expect(moved.status == 0 && moved.output.contains("set USHER_DATABASE_URL to it"), "\(moved.errors)")
        let password = try #require(URLComponents(string: database.url)?.password)
        #expect(!(moved.output + moved.errors).contains(password))
        let again = try await old.verb(["copy", "--to", database.url])
        #expect(again.status == 0 && again.output.contains("Nothing to do"), "\(again.output)\(again.errors)")

        let new = try Lab.another(settings: ["USHER_DATABASE_URL": database.url])
        try await carryKey(from: old, to: new)
        try await new.serve()
        let refreshed = try await new.refreshed(login)
        #expect(!refreshed.limited)
        let inUse = try await old.verb(["copy", "--to", database.url])
        #expect(inUse.status == 1 && inUse.errors.contains("is connected to"), "\(inUse.errors)")
        try await new.stop()
        let changed = try await old.verb(["copy", "--to", database.url])
        #expect(changed.status == 1 && changed.errors.contains("is in use"), "\(changed.errors)")

        let back = try Lab.another(settings: ["USHER_DATABASE_URL": ""])
        try await carryKey(from: old, to: back)
        let file = back.data.appending(path: "usher.db").path()
        let returned = try await back.verb(["copy", "--from", database.url, "--to", "sqlite:\(file)"])
        #expect(returned.status == 0, "\(returned.errors)")
        try await back.serve()
        _ = try await back.refreshed(refreshed)
    }

    @Test func aCopyThatIsKilledIsSimplyBegunAgain() async throws {
        guard Nodes.arePossible(for: "a copy that is killed") else { return }
        let lab = try await Lab.start(settings: ["USHER_DATABASE_URL": ""])
        _ = try await lab.shop()
        try await lab.stop()
        try await fill(lab, rows: 40_000)
        let target = try TestDatabase(.postgres)
        // From elsewhere: a connection to the target would be in the way.
        let elsewhere = try TestDatabase(.postgres)
        let watch = try elsewhere.open()
        let name = try #require(URLComponents(string: target.url)).path.dropFirst()
        for _ in 0..<3 {
            let copy = try Subprocess(
                lab.program, ["copy", "--data", lab.data.path(), "--to", target.url], environment: lab.environment,
                folder: lab.folder)
            _ = try await eventually("rows on their way") {
                guard copy.isRunning else { throw ControlError(description: "it ended: \(copy.errors)") }
                return try await watch.read { tx in
                    try tx.row(
                        """
                        SELECT pid FROM pg_stat_activity
                        WHERE datname = $1 AND application_name = 'usher-copy' AND query LIKE '%INSERT INTO "audit"%'
                        """, String(name)) != nil
                } ? true : nil
            }
            copy.signal(SIGKILL)
            #expect(await copy.wait().status == SIGKILL)
            #expect(try await rows(of: target) == 0)
        }
        let finished = try await lab.verb(["copy", "--to", target.url])
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(try await rows(of: target) >= 40_000)
        try await watch.close()
    }

    @Test func besideAServerNothingIsCopied() async throws {
        let lab = try await Lab.start(settings: ["USHER_DATABASE_URL": ""])
        let copy = lab.folder.appending(path: "copy.db").path()
        let refused = try await lab.verb(["copy", "--to", "sqlite:\(copy)"])
        #expect(refused.status == 1 && refused.errors.contains("It must not run during a copy"), "\(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: copy))
        try await lab.stop()
        #expect(try await lab.verb(["copy", "--to", "sqlite:\(copy)"]).status == 0)
    }

    /// `ps` shows it to everybody on the machine.
    @Test func aPasswordIsTakenOutOfTheCommandLine() async throws {
        let lab = try await Lab.idle()
        // Takes connections and says nothing, so that the copy waits.
        let proxy = try CuttableProxy(to: 1)
        defer { proxy.close() }
        proxy.become(.silent)
        let copy = try Subprocess(
            lab.program,
            ["copy", "--from", "postgres://usher:hush-hush@127.0.0.1:\(proxy.port)/usher", "--to", "sqlite:copy.db"],
            environment: lab.environment, folder: lab.folder)
        defer { copy.signal(SIGKILL) }
        let line = try await eventually("the password to go") {
            guard copy.isRunning else { throw ControlError(description: "it ended: \(copy.errors)") }
            let bytes = try Data(contentsOf: URL(filePath: "/proc/\(copy.id)/cmdline"))
            let line = String(decoding: bytes, as: UTF8.self)
            return line.contains("usher:*********@") ? line : nil
        }
        #expect(!line.contains("hush-hush"))
        #expect(!(await copy.wait().errors.contains("hush-hush")))
    }

    private func rows(of database: TestDatabase) async throws -> Int {
        let opened = try database.open()
        let count = try await opened.read { try $0.row("SELECT COUNT(*) AS count FROM audit")?.int("count") }
        try await opened.close()
        return try #require(count)
    }

    private func carryKey(from old: Lab, to new: Lab) async throws {
        try FileManager.default.createDirectory(at: new.data, withIntermediateDirectories: true)
        unsafe chmod(new.data.path(), 0o700)
        try FileManager.default.copyItem(
            at: old.data.appending(path: "master.key"), to: new.data.appending(path: "master.key"))
    }

    private func fill(_ lab: Lab, rows: Int) async throws {
        let database = try SQLiteDatabase(path: lab.data.appending(path: "usher.db").path(), creating: false)
        try await database.write { tx in
            _ = try tx.execute(
                """
                INSERT INTO audit (at, action, outcome, caller_kind, request_id, changes)
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
                SELECT n, 'login', 'done', 'anonymous', 'request', '[]' FROM numbers
                """, rows)
        }
        try await database.close()
    }
}
