import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// The database's machine is lost, and its standby takes its place.
@Suite(.enabled(if: DatabaseKind.isSQLite, "brings databases of its own; once is enough"))
struct FailOverScenarios {
    /// A server on a primary and its standby.
    private struct Pair {
        let lab: Lab
        let primary: OwnPostgres
        let standby: OwnPostgres
    }

    private func withPair(for purpose: String, _ body: (Pair) async throws -> Void) async throws {
        let folder = URL(filePath: "/tmp/usher-failover-\(UUID().uuidString.prefix(8))")
        guard Nodes.arePossible(for: purpose), let tools = try OwnPostgres.Tools(in: folder, for: purpose) else {
            return
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        let primary = try await OwnPostgres.new(tools)
        try await primary.run("CREATE DATABASE usher")
        let standby = try await OwnPostgres.following(primary)
        let hosts = "127.0.0.1:\(primary.port),127.0.0.1:\(standby.port)"
        let lab = try await Lab.start(settings: [
            "USHER_DATABASE_URL": "postgres://\(primary.userInfo)@\(hosts)/usher?target_session_attrs=read-write"
        ])
        try await body(Pair(lab: lab, primary: primary, standby: standby))
    }

    @Test func afterAFailOverNothingThatWasAnsweredIsMissing() async throws {
        try await withPair(for: "a fail-over of the database") { pair in
            try await failOver(pair.lab, pair.primary, pair.standby)
        }
    }

    /// What is on one disk alone would be lost in a fail-over.
    @Test func withoutItsStandbyNothingIsAnsweredAsDone() async throws {
        try await withPair(for: "a standby that is lost") { pair in
            let shop = try await pair.lab.shop()
            try await pair.standby.kill()
            let order: JSONValue = ["email": "ada@example.com", "name": "Ada"]
            let answer = try await shop.call("create-user", order)
            #expect(answer.status == 503)
            #expect(try answer.json()["outcome"] == "unknown")
            // Its owner decides to go on without.
            try await pair.primary.run("ALTER SYSTEM SET synchronous_standby_names = ''")
            try await pair.primary.run("SELECT pg_reload_conf()")
            let next: JSONValue = ["email": "bob@example.com", "name": "Bob"]
            _ = try await eventually("orders to be taken again") {
                try await shop.call("create-user", next).status == 503 ? nil : true
            }
            #expect(try await shop.call("get-user", ["email": "bob@example.com"]).status == 200)
        }
    }

    private func failOver(_ lab: Lab, _ primary: OwnPostgres, _ standby: OwnPostgres) async throws {
        let orders = Orders(shop: try await lab.shop())
        async let work: Void = orders.work(shops: 3)

        try await orders.expect("some orders") { $0.done.count >= 20 }
        try await primary.kill()
        try await orders.expect("orders to be refused") { $0.statuses.last == 503 }
        #expect(try await lab.http.get("/.well-known/jwks.json").status == 200)
        let before = orders.soFar.done.count
        try await standby.promote()
        let promoted = ContinuousClock.now
        try await orders.expect("orders to be taken again", within: .seconds(10)) { $0.done.count > before }
        print("After the promotion of the standby the first order was taken in \(ContinuousClock.now - promoted).")
        orders.stop()
        try await work

        let seen = orders.soFar
        #expect(seen.statuses.allSatisfy { $0 == 200 || $0 == 503 }, "\(Set(seen.statuses))")
        for address in seen.done {
            #expect(
                try await orders.shop.call("get-user", ["email": .string(address)]).status == 200, "\(address) is lost")
        }
        try await lab.stop()
    }
}

/// Orders, one after the other, and what came of them.
private final class Orders: Sendable {
    struct Seen {
        var done: [String] = []
        var statuses: [Int] = []
    }

    let shop: Shop
    private let seen = Mutex(Seen())
    private let isOver = Mutex(false)

    init(shop: Shop) {
        self.shop = shop
    }

    var soFar: Seen { seen.withLock { $0 } }

    func stop() { isOver.withLock { $0 = true } }

    func expect(
        _ what: String, within limit: Duration = .seconds(180), _ condition: @escaping (Seen) -> Bool
    ) async throws { _ = try await eventually(what, within: limit) { condition(soFar) ? true : nil } }

    func work(shops: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<shops { group.addTask { try await self.order(number) } }
            try await group.waitForAll()
        }
    }

    private func order(_ shopNumber: Int) async throws {
        var number = 0
        while !isOver.withLock({ $0 }) {
            number += 1
            let address = "user\(shopNumber)-\(number)@example.com"
            let status = try await shop.call("create-user", ["email": .string(address), "name": "User"]).status
            seen.withLock { seen in
                seen.statuses.append(status)
                if status == 200 { seen.done.append(address) }
            }
        }
    }
}
