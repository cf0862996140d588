import Foundation
import JSON
import Storage
import TestSupport
import Testing

/// Three servers behind HAProxy on one PostgreSQL, under load.
@Suite(.enabled(if: DatabaseKind.isSQLite, "brings databases of its own; once is enough"))
struct NodesBehindProxyScenarios {
    @Test func nodesThatAreKilledLoseNothingThatWasAnswered() async throws {
        guard let proxy = try await NodesBehindProxy.start(for: "three nodes, of which some are killed") else { return }
        let shop = try await proxy.shop()
        let customers = try await customers(shop)
        let crowd = NodeCrowd(shop: shop)
        async let work = crowd.work(customers)
        for round in 0..<6 {
            let (node, before) = (round % 3, crowd.soFar)
            _ = try await eventually("some work") {
                let now = crowd.soFar
                return now.created.count >= before.created.count + 3 && now.refreshes >= before.refreshes + 3
                    ? true : nil
            }
            try await proxy.nodes[node].kill()
            try await proxy.nodes[node].serve()
        }
        crowd.stop()
        let seen = try await work
        // 502: an order that was with the dead. 409: one that HAProxy has sent to another after all, though told not to.
        #expect(
            seen.refusals.allSatisfy {
                [502, 503].contains($0.status) || $0.status == 409 && $0.what == "create-user"
            }, "\(seen.refusals)")
        #expect(seen.created.count >= 18 && seen.logins > 6 && seen.refreshes >= 18)
        try await expectNothingLost(proxy, shop, customers, seen)
    }

    @Test func aRollingRestartIsSeenByNobody() async throws {
        guard let proxy = try await NodesBehindProxy.start(for: "a rolling restart of three nodes") else { return }
        let shop = try await proxy.shop()
        let customers = try await customers(shop)
        let crowd = NodeCrowd(shop: shop)
        async let work = crowd.work(customers)
        for node in proxy.nodes.indices {
            let (losses, returns) = (proxy.losses(of: node), proxy.returns(of: node))
            proxy.nodes[node].signal(SIGTERM)
            let finished = try await proxy.nodes[node].ended()
            #expect(finished.status == 0, "\(finished.errors)")
            #expect(proxy.losses(of: node) > losses)
            try await proxy.nodes[node].serve()
            _ = try await eventually("the proxy to take node \(node) up again") {
                proxy.returns(of: node) > returns ? true : nil
            }
        }
        crowd.stop()
        let seen = try await work
        #expect(seen.refusals.isEmpty, "\(seen.refusals)")
        try await expectNothingLost(proxy, shop, customers, seen)
    }

    private func customers(_ shop: Shop) async throws -> [Customer] {
        try await [shop.customer("ada", seats: 2), shop.customer("bob", seats: 1)]
    }

    private func expectNothingLost(
        _ proxy: NodesBehindProxy, _ shop: Shop, _ customers: [Customer], _ seen: NodeCrowd.Seen
    ) async throws {
        for address in seen.created {
            #expect(try await shop.call("get-user", ["email": .string(address)]).status == 200, "\(address) is lost")
        }
        for customer in customers {
            let user = try await shop.user(customer.id)
            let license = try #require(user["licenses"]?.arrayValue?.first)
            #expect(try #require(license["seatsUsed"]?.int) <= #require(license["seats"]?.int))
            let seated = user["sessions"]?.arrayValue?.filter { $0["limited"] == false }.count
            #expect(seated == license["seatsUsed"]?.int)
        }
        let nodes = Nodes(database: proxy.database, labs: proxy.nodes)
        _ = try await eventually("every mail") {
            Set(seen.created).isSubset(of: nodes.mailedAddresses) ? true : nil
        }
    }
}
