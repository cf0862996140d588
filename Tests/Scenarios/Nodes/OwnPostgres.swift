import Foundation
import TestSupport

/// A PostgreSQL server of a test's own, to be killed or to follow another one.
final class OwnPostgres: Sendable {
    let port: Int
    let data: URL
    private let tools: Tools
    private let process: Subprocess

    /// PostgreSQL's programs, which refuse to run as root.
    struct Tools: Sendable {
        let folder: URL
        let binaries: URL
        let password: String

        /// Nil, with a message, where there are none.
        init?(in folder: URL, for purpose: String) throws {
            let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
            guard let newest = versions.max(by: { (Int($0) ?? 0) < (Int($1) ?? 0) }) else {
                print("Left out: \(purpose) (there is no PostgreSQL in /usr/lib/postgresql).")
                return nil
            }
            binaries = URL(filePath: "/usr/lib/postgresql/\(newest)/bin")
            self.folder = folder
            password = UUID().uuidString
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            try Data("\(password)\n".utf8).write(to: folder.appending(path: "password"))
            if geteuid() == 0, let account = unsafe getpwnam("postgres") ?? getpwnam("nobody") {
                for path in [folder.path(), folder.appending(path: "password").path()] {
                    unsafe chown(path, account.pointee.pw_uid, account.pointee.pw_gid)
                }
            }
        }

        func start(_ program: String, _ arguments: [String]) throws -> Subprocess {
            var command = [binaries.appending(path: program).path()] + arguments
            if geteuid() == 0 {
                let account = unsafe getpwnam("postgres") == nil ? "nobody" : "postgres"
                command = ["/usr/bin/setpriv", "--reuid=\(account)", "--clear-groups", "--"] + command
            }
            return try Subprocess(
                URL(filePath: command[0]), Array(command.dropFirst()),
                environment: ["PATH": "/usr/bin:/bin", "PGPASSWORD": password, "LC_ALL": "C"], folder: folder)
        }

        @discardableResult
        func run(_ program: String, _ arguments: [String]) async throws -> String {
            let finished = try await start(program, arguments).wait()
            guard finished.status == 0 else {
                throw ControlError(description: "\(program): \(finished.output)\(finished.errors)")
            }
            return finished.output
        }
    }

    /// A new, empty server.
    static func new(_ tools: Tools) async throws -> OwnPostgres {
        let data = tools.folder.appending(path: "primary")
        try await tools.run(
            "initdb",
            [
                "--pgdata", data.path(), "--username=usher", "--pwfile",
                tools.folder.appending(path: "password").path(),
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
            ])
        return try await OwnPostgres(tools, data)
    }

    /// A standby that follows `primary`, and without which nothing is committed there any more.
    static func following(_ primary: OwnPostgres) async throws -> OwnPostgres {
        let data = primary.tools.folder.appending(path: "standby")
        try await primary.tools.run(
            "pg_basebackup",
            ["--pgdata", data.path(), "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"]
                + primary.place(database: nil))
        let standby = try await OwnPostgres(primary.tools, data)
        try await primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
        try await primary.run("SELECT pg_reload_conf()")
        _ = try await eventually("the standby to be waited for") {
            try await primary.run("SELECT sync_state FROM pg_stat_replication").contains("sync") ? true : nil
        }
        return standby
    }

    private init(_ tools: Tools, _ data: URL) async throws {
        (self.tools, self.data) = (tools, data)
        port = try freePort()
        process = try tools.start(
            "postgres",
            [
                "-D", data.path(), "-c", "listen_addresses=127.0.0.1", "-c", "port=\(port)", "-c",
                "unix_socket_directories=\(tools.folder.path())", "-c", "shared_buffers=16MB",
            ])
        let process = process
        _ = try await eventually("the start of PostgreSQL") {
            guard process.isRunning else { throw ControlError(description: "it ended: \(process.errors)") }
            return process.errors.contains("ready to accept") ? true : nil
        }
    }

    deinit { process.signal(SIGQUIT) }

    /// As `postgres://` has it.
    var userInfo: String { "usher:\(tools.password)" }

    private func place(database: String?) -> [String] {
        ["--host=127.0.0.1", "--port=\(port)", "--username=usher"] + (database.map { ["--dbname=\($0)"] } ?? [])
    }

    /// Runs one statement as the superuser; what it returns, as text.
    @discardableResult
    func run(_ sql: String, in database: String = "postgres") async throws -> String {
        try await tools.run("psql", place(database: database) + ["--no-psqlrc", "--tuples-only", "--command", sql])
    }

    /// Ends it as a power cut does.
    func kill() async throws {
        process.signal(SIGKILL)
        let process = process
        _ = try await eventually("the end of PostgreSQL") { process.isRunning ? nil : true }
    }

    /// Makes a standby the primary.
    func promote() async throws { try await tools.run("pg_ctl", ["promote", "--pgdata", data.path()]) }
}
