import Foundation
import JSON
import Storage
import TestSupport
import Testing

/// What the benchmarks fill a database with is what a server would have made: it serves it.
@Suite(.enabled(if: DatabaseKind.isSQLite, "fills SQLite's file"))
struct FilledDatabaseScenarios {
    let lab: Lab

    init() async throws {
        lab = try await Lab.start()
        try await lab.stop()
        _ = try await peer("fill", "20", "60")
        try await lab.serve()
    }

    /// Runs the benchmarks' helper on the lab's data folder; what it printed.
    private func peer(_ verb: String, _ numbers: String...) async throws -> String {
        let program = try Lab.executable().deletingLastPathComponent().appending(path: "peer")
        let done = try await Subprocess(
            program, [verb, lab.data.path()] + numbers, environment: lab.environment, folder: lab.folder
        ).wait()
        try #require(done.status == 0, "\(done.errors)")
        return done.output
    }

    private func tokens(_ count: Int) async throws -> [String] {
        try await peer("tokens", String(count)).split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test func everySessionRefreshes() async throws {
        let tokens = try await tokens(1000)
        #expect(Set(tokens).count == 60)
        var limited = 0
        for token in tokens {
            let refreshed = try Login(await lab.refresh(token), device: "Studio/1.0")
            #expect(refreshed.limitedReason == (refreshed.limited ? "license-ended" : nil))
            limited += refreshed.limited ? 1 : 0
        }
        // Three sessions of each of the two users whose licence has ended.
        #expect(limited == 6)
        #expect(try await Set(self.tokens(60)).isDisjoint(with: tokens))
    }

    @Test func usersSeatsAndAuditAreThere() async throws {
        let shop = try await lab.shop()
        let users = try await shop.run("list-users", ["limit": 100])["items"]?.items ?? []
        #expect(users.count == 21)
        let ann = try await shop.run("get-user", ["email": "user-7@example.com"])
        #expect(ann["sessions"]?.items.count == 3)
        #expect(ann["sessions"]?.items.allSatisfy { $0["limited"] == false } == true)
        #expect(ann["licenses"]?.items.map { $0["seatsUsed"]?.int } == [3])
        let customer = Customer(
            http: lab.http, id: 7, email: "user-7@example.com", password: "correct horse battery", licenseID: 7)
        #expect(try await customer.session().limitedReason == "no-free-seat")
    }

    @Test func whatIsOverIsPrunedAndSwept() async throws {
        let shop = try await lab.shop()
        _ = try await peer("age", "10")
        // Those past their lifetime, and the three on each of two licences.
        #expect(try await shop.run("prune-sessions")["revoked"]?.int == 16)
        #expect(try await shop.run("prune-sessions")["revoked"]?.int == 0)
        #expect(try remains() == [10, 10])
        #expect(try await peer("sweep").hasPrefix("20 "))
        #expect(try remains() == [0, 0])
        #expect(try await tokens(1000).count == 54)
    }

    /// How many rows there are for the sweep: of the audit, and sessions.
    private func remains() throws -> [Int?] {
        let look = try DatabaseLook(path: lab.data.appending(path: "usher.db").path())
        return try look.read { tx in
            try ["audit WHERE request_id = 'old'", "sessions WHERE device_id LIKE 'old-%' AND end_reason = 'logout'"]
                .map { try tx.row("SELECT COUNT(*) AS count FROM \($0)")?.int("count") }
        }
    }
}
