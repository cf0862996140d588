import Foundation
import JSON
import Storage
import TestSupport
import Testing

/// The power fails while an operator puts a back-up in place of the database of a server that was killed.
///
/// `strace` kills `usher restore` at one system call after the other: before it is carried out, and after all before it.
@Suite(.enabled(if: DatabaseKind.isSQLite, "replaces SQLite's file"))
struct RestoreCrashScenarios {
    let lab: Lab
    let shop: Shop
    /// A back-up, which Ann is too late for.
    let backUp: String
    let ann: Customer

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
        let made = try await lab.verb(["backup", "copy.db"])
        try #require(made.status == 0, "\(made.errors)")
        backUp = lab.folder.appending(path: "copy.db").path()
        // What the log has without the database file, and the file without the log, fits neither database.
        for number in 1...Self.orders {
            let email = JSONValue.string("user\(number)@example.com")
            try await shop.run("create-user", ["email": email, "name": "User", "license": ["validUntil": "never"]])
        }
        try await lab.stop()
        try await lab.serve()
        ann = try await shop.customer("ann", seats: 1)
        try await lab.kill()
    }

    private static let orders = 40

    private enum Content { case old, new }

    @Test func wheneverItIsKilledTheOldOrTheNewDatabaseIsWhole() async throws {
        guard let tracer = try await Tracer(for: "the power cut in a restore", in: lab) else { return }
        let before = lab.folder.appending(path: "before")
        try FileManager.default.moveItem(at: lab.data, to: before)
        var left: [Content] = []
        // Of the many pages that are written, one here and there.
        let steps = [
            ("unlink", 1), ("link", 1), ("rename", 1), ("fsync", 1), ("fdatasync", 1), ("ftruncate", 1),
            ("pwrite64", 9),
        ]
        for (calls, step) in steps {
            for number in stride(from: 1, to: 1000, by: step) {
                try? FileManager.default.removeItem(at: lab.data)
                try FileManager.default.copyItem(at: before, to: lab.data)
                guard try await tracer.killRestore(of: backUp, before: calls, number) else { break }
                let place = "killed before \(calls) \(number)"
                left.append(try await content(place))
                let again = try await lab.verb(["restore", backUp])
                #expect(again.status == 0, "\(place): \(again.errors)")
                #expect(try await content(place) == .new)
                let names = try FileManager.default.contentsOfDirectory(atPath: lab.data.path())
                #expect(!names.contains { $0.contains(".restore") }, "\(place): \(names)")
            }
        }
        #expect(left.count { $0 == .old } >= 10 && left.contains(.new), "\(left)")
        try await lab.serve()
        #expect(try await shop.call("get-user", ["userId": .int(ann.id)]).status == 404)
        #expect(try await shop.customer("ann", seats: 1).session().limited == false)
    }

    /// Opens the database as a server does, which brings back what its log has, and reads all of it.
    private func content(_ place: String) async throws -> Content {
        let database = try SQLiteDatabase(path: lab.data.appending(path: "usher.db").path(), creating: false)
        let (damage, users, licenses) = try await database.write { tx in
            (
                try tx.row("PRAGMA integrity_check")?.string("integrity_check"),
                try tx.row("SELECT COUNT(*) AS users FROM users")?.int("users"),
                try tx.row("SELECT COUNT(*) AS licenses FROM licenses")?.int("licenses")
            )
        }
        try await database.close()
        #expect(damage == "ok", "\(place)")
        switch (users, licenses) {
        case (Self.orders + 2, Self.orders + 1): return .old
        case (1, 0): return .new
        default:
            Issue.record("\(place): \(users ?? 0) users and \(licenses ?? 0) licences")
            return .old
        }
    }
}

/// `strace`, which ends a process at a system call.
private struct Tracer {
    let program: URL
    let lab: Lab

    /// Nil, with a message, where no test may use it or the system does not let it.
    init?(for purpose: String, in lab: Lab) async throws {
        guard let path = SnippetRun.path(of: "strace", for: purpose) else { return nil }
        program = URL(filePath: path)
        self.lab = lab
        let tried = try await Subprocess(
            program, ["-o", "/dev/null", "/bin/true"], environment: [:], folder: lab.folder
        ).wait()
        guard tried.status == 0 else {
            print("Left out: \(purpose). strace may not trace here: \(tried.errors)")
            return nil
        }
    }

    /// Whether the restore was killed; it was not when it makes fewer such calls.
    func killRestore(of file: String, before call: String, _ number: Int) async throws -> Bool {
        // Other processors have renameat and unlinkat alone.
        let set = "/^\(call)(at2?)?$"
        let finished = try await Subprocess(
            program,
            [
                "-f", "-o", "/dev/null", "-e", "trace=\(set)", "-e", "inject=\(set):signal=SIGKILL:when=\(number)",
                lab.program.path(), "restore", file, "--data", lab.data.path(),
            ],
            environment: lab.environment, folder: lab.folder
        ).wait()
        guard finished.status != 0 else { return false }
        try #require(finished.status == SIGKILL, "\(finished.errors)")
        return true
    }
}
