import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// A restart of the server while shops go on sending orders.
struct RestartBehindProxyScenarios {
    @Test func haproxyLosesNoRequest() async throws {
        let settings = ["USHER_DRAIN": "3s", "USHER_RATE_LIMITS": "off"]
        guard let proxy = try await ProxyUnderTest.start(.haproxy, for: "a restart", settings: settings) else { return }
        let crowd = Crowd(shop: try await proxy.shop())
        async let answers = crowd.order(workers: 4)
        do {
            try await restart(proxy)
        } catch {
            crowd.stop()
            throw error
        }
        crowd.stop()
        let statuses = try await answers
        #expect(statuses.count > 4)
        #expect(statuses.allSatisfy { $0 == 200 }, "\(statuses.filter { $0 != 200 })")
        #expect(!proxy.log.contains(crowd.shop.token))
    }

    private func restart(_ proxy: ProxyUnderTest) async throws {
        proxy.lab.signal(SIGTERM)
        _ = try await eventually("the proxy to notice the drain") {
            proxy.log.contains("Layer7 wrong status, code: 503") ? true : nil
        }
        let finished = try await proxy.lab.ended()
        #expect(finished.status == 0, "\(finished.errors)")
        try await proxy.lab.serve()
        _ = try await proxy.client().get("/healthz")
    }
}

/// Sends orders, one after the other and each only once, until it is told to stop.
private final class Crowd: Sendable {
    let shop: Shop
    private let isOver = Mutex(false)

    init(shop: Shop) {
        self.shop = shop
    }

    func stop() { isOver.withLock { $0 = true } }

    /// - Returns: The status of every answer.
    func order(workers: Int) async throws -> [Int] {
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for worker in 1...workers { group.addTask { try await self.order(worker) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func order(_ worker: Int) async throws -> [Int] {
        var statuses: [Int] = []
        while !isOver.withLock({ $0 }) {
            let address = "user\(worker)-\(statuses.count)@example.com"
            let order: JSONValue = ["action": "create-user", "email": .string(address), "name": "User"]
            statuses.append(try await shop.http.post("/api/webhook?token=\(shop.token)", .json(order)).status)
        }
        return statuses
    }
}
