import Foundation
import TestSupport
import Testing

/// HAProxy with `deploy/haproxy-nodes.cfg` in front of three nodes.
final class NodesBehindProxy: Sendable {
    let nodes: [Lab]
    let database: TestDatabase
    private let process: Subprocess
    private let authority: PrivateAuthority
    private let https: Int

    /// - Returns: nil where this machine has no HAProxy or no PostgreSQL.
    static func start(for purpose: String, settings: [String: String] = [:]) async throws -> NodesBehindProxy? {
        guard Nodes.arePossible(for: purpose), let program = ProxyKind.haproxy.program(for: purpose) else { return nil }
        let own = ProxyUnderTest.settings.merging(["USHER_RATE_LIMITS": "off", "USHER_DRAIN": "3s"]) { _, new in new }
        return try await NodesBehindProxy(
            program, try await Nodes.start(3, settings: own.merging(settings) { _, new in new }))
    }

    private init(_ program: URL, _ nodes: Nodes) async throws {
        (self.nodes, database) = (nodes.labs, nodes.database)
        let folder = nodes.labs[0].folder.appending(path: "haproxy")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        https = try freePort()
        authority = try await PrivateAuthority(for: ProxyKind.host, in: folder)
        try (Data(contentsOf: authority.certificate) + Data(contentsOf: authority.key)).write(
            to: folder.appending(path: "both.pem"))
        let place = ProxyPlace(folder: folder, usher: 0, http: try freePort(), https: https)
        let machines = zip(["10.0.0.11:8080", "10.0.0.12:8080", "10.0.0.13:8080"], nodes.labs)
        let replacements =
            machines.map { ($0, "127.0.0.1:\($1.port)") } + ProxyKind.haproxy.replacements(place).dropFirst()
        let file = "deploy/haproxy-nodes.cfg"
        var text = try String(contentsOf: Document.repository.appending(path: file), encoding: .utf8)
        for (old, new) in replacements {
            try #require(text.contains(old), "\(file) has no \(old)")
            text = text.replacingOccurrences(of: old, with: new)
        }
        let configuration = folder.appending(path: "haproxy.cfg")
        try Data(text.utf8).write(to: configuration)
        process = try Subprocess(
            program, ProxyKind.haproxy.arguments(configuration.path(), folder.path()),
            environment: ["PATH": "/usr/bin:/bin"], folder: folder)
        let (process, client) = (process, client)
        _ = try await eventually("the start of HAProxy") {
            guard process.isRunning else { throw ControlError(description: "it ended: \(process.errors)") }
            return try? await client.get("/readyz").status == 200 ? true : nil
        }
    }

    /// Not SIGKILL, which would leave the workers behind.
    deinit { process.signal(SIGTERM) }

    var client: HTTPClient {
        HTTPClient(
            base: ProxyKind.publicURL,
            way: NetworkWay(
                connectTo: "\(ProxyKind.host):443:127.0.0.1:\(https)", root: authority.root.path(), source: "127.0.0.1")
        )
    }

    var log: String { process.output + process.errors }

    /// An administrator's shop, by way of the proxy.
    func shop() async throws -> Shop { Shop(http: client, token: try await nodes[0].shop().token) }

    /// How often the proxy has taken a node up again.
    func returns(of node: Int) -> Int { log.components(separatedBy: "usher/usher\(node + 1) is UP").count - 1 }

    /// How often it has taken a node out.
    func losses(of node: Int) -> Int { log.components(separatedBy: "usher/usher\(node + 1) is DOWN").count - 1 }
}
