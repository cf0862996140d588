import Foundation
import JSON
import TestSupport
import Testing

/// The database file is broken: cut off, overwritten, gone. Nothing makes it worse, and a back-up makes it good.
@Suite(.enabled(if: DatabaseKind.isSQLite, "damages SQLite's file"))
struct DamageScenarios {
    enum Damage: CaseIterable {
        case emptied, cutOff, overwrittenHead, overwrittenRoot, removedBesideItsLog

        func strike(_ file: URL) throws {
            if self == .removedBesideItsLog {
                try Data(count: 4152).write(to: URL(filePath: file.path() + "-wal"))
                return try FileManager.default.removeItem(at: file)
            }
            let handle = try FileHandle(forUpdating: file)
            defer { try? handle.close() }
            switch self {
            case .emptied: try handle.truncate(atOffset: 0)
            case .cutOff: try handle.truncate(atOffset: handle.seekToEnd() / 8192 * 4096)
            case .overwrittenHead: try handle.write(contentsOf: Data(repeating: 0x55, count: 4096))
            case .overwrittenRoot:
                try handle.seek(toOffset: 100)
                try handle.write(contentsOf: Data(repeating: 0x55, count: 3996))
            case .removedBesideItsLog: break
            }
        }
    }

    private func file(_ lab: Lab) -> URL { lab.data.appending(path: "usher.db") }

    /// A shop with one customer, and a back-up of it.
    private func prepared(_ lab: Lab) async throws -> Shop {
        let shop = try await lab.shop()
        try await shop.run("create-user", ["email": "ann@example.com", "name": "Ann"])
        let made = try await lab.verb(["backup", "copy.db"])
        try #require(made.status == 0, "\(made.errors)")
        return shop
    }

    private func restoreAndServe(_ lab: Lab, _ shop: Shop) async throws {
        let restored = try await lab.verb(["restore", lab.folder.appending(path: "copy.db").path()])
        try #require(restored.status == 0, "\(restored.errors)")
        try await lab.serve()
        #expect(try await shop.run("get-user", ["email": "ann@example.com"])["name"] == "Ann")
        #expect(try await lab.http.get("/readyz").status == 200)
    }

    @Test(arguments: Damage.allCases)
    func aStartOnADamagedDatabaseSaysWhatToDo(damage: Damage) async throws {
        let lab = try await Lab.start()
        let shop = try await prepared(lab)
        try await lab.stop()
        try damage.strike(file(lab))
        let finished = try await lab.refusedStart()
        #expect(finished.status == 1)
        #expect(finished.errors.contains(file(lab).path()), "\(finished.errors)")
        #expect(finished.errors.contains("usher restore"), "\(finished.errors)")
        let before = try lab.contents()
        let verb = try await lab.verb(["run", "list-users"])
        #expect(verb.status != 0 && !verb.errors.contains("Fatal"), "\(verb.errors)")
        #expect(try lab.contents() == before, "a verb leaves it alone too")
        try await restoreAndServe(lab, shop)
    }

    /// Somebody writes into the file of the running server. What is lost is lost, but it is said, nothing is written to
    /// what is left, and no answer pretends that all is well.
    @Test(arguments: [0x00, 0xFF, nil] as [UInt8?])
    func damageUnderARunningServerStopsIt(byte: UInt8?) async throws {
        let lab = try await Lab.start()
        let shop = try await prepared(lab)
        try await lab.stop()
        try await lab.serve()
        let handle = try FileHandle(forUpdating: file(lab))
        let size = try handle.seekToEnd()
        if let byte {
            try handle.seek(toOffset: 4096)
            try handle.write(contentsOf: Data(repeating: byte, count: Int(size) - 4096))
        } else {
            try handle.truncate(atOffset: 4096)
        }
        try handle.close()

        _ = try await eventually("the damage to be noticed") {
            let answer = try await shop.call("create-user", ["email": "bob@example.com", "name": "Bob"])
            #expect([200, 503].contains(answer.status), "\(answer.text)")
            return answer.status == 503 ? true : nil
        }
        let refused = try await shop.call("create-user", ["email": "carl@example.com", "name": "Carl"])
        #expect(refused.status == 503 && refused.code == "UNAVAILABLE", "\(refused.text)")
        let ready = try await lab.http.get("/readyz")
        #expect(ready.status == 503 && ready.detail.contains("damaged"), "\(ready.text)")
        #expect(try await lab.http.get("/healthz").status == 200)
        #expect(try await lab.http.get("/.well-known/jwks.json").status == 200)
        #expect(lab.log.contains("the database is damaged") && lab.log.contains("restore a back-up"))
        #expect(!lab.log.contains("INTERNAL") && !lab.log.contains("Fatal") && !lab.log.contains(shop.token))

        #expect(try await lab.stop()?.status == 0)
        try await restoreAndServe(lab, shop)
    }
}
