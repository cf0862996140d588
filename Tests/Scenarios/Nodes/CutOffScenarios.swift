import Foundation
import JSON
import TestSupport
import Testing

/// A server that is cut off from its database.
@Suite(.enabled(if: DatabaseKind.isSQLite, "brings databases of its own; once is enough"))
struct CutOffScenarios {
    @Test(arguments: [CuttableProxy.Way.cut, .silent])
    func whoIsCutOffSaysSoAndRecoversByItself(way: CuttableProxy.Way) async throws {
        guard Nodes.arePossible(for: "a server cut off from its database") else { return }
        var made: CuttableProxy?
        let nodes = try await Nodes.start(1) { address in
            let parts = try #require(URLComponents(string: address))
            let proxy = try CuttableProxy(to: try #require(parts.port))
            made = proxy
            return address.replacingOccurrences(of: ":\(try #require(parts.port))/", with: ":\(proxy.port)/")
        }
        let proxy = try #require(made)
        defer { proxy.close() }
        let lab = nodes.labs[0]
        let customer = try await lab.shop().customer("ada", seats: 1)
        let login = try await customer.session()

        proxy.become(way)
        let started = ContinuousClock.now
        // Several at once: none waits for another.
        let statuses = try await atOnce(4) { _ in try await customer.logIn() }.map { ($0.status, try? $0.problem()) }
        // The server lets a statement run for 15 seconds, and Usher waits for 20.
        #expect(ContinuousClock.now - started < .seconds(60))
        #expect(statuses.allSatisfy { $0.0 == 503 && $0.1 == "UNAVAILABLE" }, "\(statuses)")
        #expect(try await lab.http.get("/.well-known/jwks.json").status == 200)
        #expect(try await lab.http.get("/healthz").status == 200)
        #expect(try await lab.http.get("/readyz").status == 503)

        proxy.become(.open)
        _ = try await eventually("the recovery") { try await lab.http.get("/readyz").status == 200 ? true : nil }
        _ = try await lab.refreshed(login)
        #expect(try await customer.logIn().status == 200)
        #expect(lab.log.contains("the database can be reached again"))
        try await lab.stop()
    }
}

extension HTTPResponse {
    /// The code of a refusal.
    fileprivate func problem() throws -> String? { try json()["code"]?.stringValue }
}
