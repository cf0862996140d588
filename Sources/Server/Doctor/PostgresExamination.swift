import Storage

/// Whether a PostgreSQL server is one that Usher can rely on.
struct PostgresExamination {
    let database: any Database

    /// What the server says of itself.
    private struct Server {
        let version: String
        let number: Int
        let encoding: String
        let isStandby: Bool
        /// On this machine, or over TLS.
        let isPrivate: Bool
        let settings: [(name: String, value: String)]
        let clock: Timestamp
    }

    /// The oldest that Usher is tested with.
    private static let oldestVersion = 15
    /// Tokens, licences and leases are compared with the times of several machines.
    private static let clockTolerance = Duration.seconds(2)

    func findings() async throws -> [Finding] {
        let before = Timestamp.wall()
        let server = try await database.read(Self.server)
        let after = Timestamp.wall()
        return [version(server), encoding(server), role(server), durability(server), wire(server)].compactMap(\.self)
            + [
                clock(server, between: before, and: after)
            ]
    }

    private static func server(in tx: Transaction) throws -> Server {
        let row = try tx.row(
            """
            SELECT current_setting('server_version') AS version,
                current_setting('server_version_num')::BIGINT AS number,
                current_setting('server_encoding') AS encoding,
                pg_is_in_recovery()::INT::BIGINT AS is_standby,
                current_setting('fsync') AS fsync,
                current_setting('full_page_writes') AS full_page_writes,
                current_setting('synchronous_commit') AS synchronous_commit,
                (SELECT (ssl OR COALESCE(host(inet_client_addr()), '::1') IN ('127.0.0.1', '::1'))::INT::BIGINT
                    FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS is_private,
                (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT AS clock
            """
        ).orUnexpected("version")
        return Server(
            version: try row.string("version"), number: try row.int("number"), encoding: try row.string("encoding"),
            isStandby: try row.bool("is_standby"), isPrivate: try row.optionalInt64("is_private") != 0,
            settings: try ["fsync", "full_page_writes", "synchronous_commit"].map { ($0, try row.string($0)) },
            clock: try row.timestamp("clock"))
    }

    private func version(_ server: Server) -> Finding {
        let text = "PostgreSQL \(server.version) answers"
        guard server.number / 10_000 >= Self.oldestVersion else {
            return .warning(
                "database", text, "Usher is tested with \(Self.oldestVersion) and later: bring the server up to that.")
        }
        return .ok("database", text)
    }

    private func encoding(_ server: Server) -> Finding? {
        guard server.encoding != "UTF8" else { return nil }
        return .problem(
            "database", "its encoding is \(server.encoding)",
            "Make it anew with `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`, or names in other scripts are refused."
        )
    }

    private func role(_ server: Server) -> Finding {
        guard server.isStandby else { return .ok("database", "it is the primary, and takes writes") }
        return .problem(
            "database", "it is a standby, and takes no writes",
            "Name all servers in USHER_DATABASE_URL, with `target_session_attrs=read-write`.")
    }

    private func durability(_ server: Server) -> Finding? {
        let off = server.settings.filter { $0.value == "off" }
        guard !off.isEmpty else { return nil }
        return .problem(
            "database",
            "`\(off.map(\.name).joined(separator: "`, `"))` is off: what was answered can be lost in a crash",
            "Switch it on in postgresql.conf, or for the role, and reload the server.")
    }

    private func wire(_ server: Server) -> Finding? {
        guard !server.isPrivate else { return nil }
        return .warning(
            "database", "the connection to it is not encrypted",
            "Switch TLS on in the server (`ssl = on`) and write `?sslmode=verify-full`, unless nobody can listen in between."
        )
    }

    private func clock(_ server: Server, between before: Timestamp, and after: Timestamp) -> Finding {
        let ahead = max(server.clock - after, before - server.clock, .zero)
        let text = "that of the database's machine differs by \(ahead.seconds(1)) s"
        guard ahead > Self.clockTolerance else { return .ok("clock", text) }
        return .warning("clock", text, "Have both kept right over the network (chrony).")
    }
}

extension Duration {
    fileprivate func seconds(_ digits: Int) -> String {
        let tenths = (self / .milliseconds(100)).rounded()
        return "\(Int(tenths) / 10).\(Int(tenths) % 10)"
    }
}
