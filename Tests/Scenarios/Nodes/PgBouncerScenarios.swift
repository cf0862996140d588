import Foundation
import JSON
import TestSupport
import Testing

/// A pgbouncer between the server and PostgreSQL, which gives each transaction another connection.
@Suite(.enabled(if: DatabaseKind.isSQLite, "brings databases of its own; once is enough"))
struct PgBouncerScenarios {
    @Test func aStoryRunsThroughAPoolOfTransactions() async throws {
        let purpose = "a story by way of pgbouncer"
        guard Nodes.arePossible(for: purpose) else { return }
        guard let program = ProcessInfo.processInfo.environment["USHER_TEST_PGBOUNCER"] else {
            print("Left out: \(purpose) (USHER_TEST_PGBOUNCER is not set).")
            return
        }
        let folder = try TemporaryFolder()
        var started: PgBouncer?
        let nodes = try await Nodes.start(2) { address in
            let bouncer = try PgBouncer(program, before: address, in: folder.url)
            started = bouncer
            return bouncer.address
        }
        let bouncer = try #require(started)
        let (one, two) = (nodes.labs[0], nodes.labs[1])
        let shop = try await one.shop()
        let customer = try await shop.customer("ada", seats: 1)
        let login = try await customer.session()
        let next = try await two.refreshed(login)
        // Many at once, so that transactions of one client run on several connections.
        let answers = try await atOnce(24) { number in
            try await shop.call("create-user", ["email": .string("user\(number)@example.com"), "name": "User"]).status
        }
        #expect(answers.allSatisfy { $0 == 200 }, "\(answers)")
        try await shop.run("revoke-session", ["sessionId": .int(try #require(login.sessionID))])
        #expect(try await two.refresh(next.refreshToken, on: next.device).status == 401)
        _ = try await eventually("all mails") {
            nodes.mailedAddresses.filter { $0.hasPrefix("user") }.count == 24 ? true : nil
        }
        for lab in nodes.labs { #expect(try await lab.stop()?.status == 0) }
        bouncer.end()
    }
}

/// A pgbouncer in front of a database.
private struct PgBouncer {
    /// By way of it.
    let address: String
    private let process: Subprocess

    init(_ program: String, before address: String, in folder: URL) throws {
        let parts = try #require(URLComponents(string: address))
        let (host, port) = (try #require(parts.host), try #require(parts.port))
        let (user, password) = (try #require(parts.user), try #require(parts.password))
        let own = try freePort()
        let name = String(parts.path.dropFirst())
        let users = folder.appending(path: "users.txt")
        try Data("\"\(user)\" \"\(password)\"\n".utf8).write(to: users)
        let settings = folder.appending(path: "pgbouncer.ini")
        try Data(
            """
            [databases]
            \(name) = host=\(host) port=\(port)
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(own)
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = \(users.path())
            pool_mode = transaction
            max_client_conn = 200
            default_pool_size = 6
            """.utf8
        ).write(to: settings)
        let arguments =
            geteuid() == 0
            ? ["/usr/bin/setpriv", "--reuid=nobody", "--clear-groups", "--", program, settings.path()]
            : [program, settings.path()]
        for file in [folder, users, settings] { unsafe chmod(file.path(), file == folder ? 0o755 : 0o644) }
        process = try Subprocess(
            URL(filePath: arguments[0]), Array(arguments.dropFirst()), environment: ["PATH": "/usr/bin:/bin"],
            folder: folder)
        self.address = "postgres://\(user):\(password)@127.0.0.1:\(own)/\(name)?pgbouncer=transaction"
    }

    func end() { process.signal(SIGINT) }
}
