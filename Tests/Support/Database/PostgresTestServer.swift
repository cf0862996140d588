import Foundation
import Metrics
import Storage
import Synchronization

#if PostgreSQL
    import CPostgres
#endif

/// The PostgreSQL server that `script/test` has started, and a connection on which databases are made and dropped.
final class PostgresTestServer: Sendable {
    /// A superuser's address.
    static let address = ProcessInfo.processInfo.environment["USHER_TEST_POSTGRES"]

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    #if PostgreSQL
        private static let connected = Result { try PostgresTestServer() }
        private let connection: Mutex<Session>
        private let address: String
        private let count = Atomic<Int>(0)

        static func shared() throws -> PostgresTestServer { try connected.get() }

        private init() throws {
            guard let address = Self.address else {
                throw Failure(description: "USHER_TEST_POSTGRES is not set. `script/test` starts a server and sets it.")
            }
            self.address = address
            connection = Mutex(try Session(address))
        }

        /// Makes an empty database; its name.
        func makeDatabase() throws -> String {
            let name = "test_\(getpid())_\(count.wrappingAdd(1, ordering: .relaxed).newValue)"
            // Copying files takes half the time of writing 7 MB to the log, which is the default. Twice as fast still than
            // a checkpoint is not to need one, for which the server does not sync.
            try connection.withLock { session in
                try session.run("CREATE DATABASE \(name) STRATEGY FILE_COPY TEMPLATE template0")
            }
            return name
        }

        func drop(_ name: String) {
            // Connections that a test left open, or a server that it killed, must not keep it.
            connection.withLock { session in try? session.run("DROP DATABASE \(name) WITH (FORCE)") }
        }

        /// What its sessions have counted shows when they have ended.
        func deadlocks(in name: String) async throws -> Int {
            try await eventually("the end of all connections to \(name)") {
                try connection.withLock { session in
                    let sessions = try session.value(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(name)'")
                    guard sessions == "0" else { return nil }
                    return try Int(session.value("SELECT deadlocks FROM pg_stat_database WHERE datname = '\(name)'"))
                }
            }
        }

        func address(of name: String) -> String {
            let parts = address.split(separator: "?", maxSplits: 1)
            let server = parts[0].prefix(through: parts[0].lastIndex(of: "/") ?? parts[0].startIndex)
            return server + name + (parts.count > 1 ? "?" + parts[1] : "")
        }

        func open(_ name: String, metrics: any MetricsFactory) throws -> any Database {
            PostgresDatabase(try PostgresAddress(parsing: address(of: name)), metrics: metrics)
        }

        /// One connection, on which one statement runs at a time.
        @safe private struct Session: ~Copyable, @unchecked Sendable {
            private let handle: OpaquePointer?

            init(_ address: String) throws {
                unsafe handle = unsafe PQconnectdb(address)
                guard unsafe PQstatus(handle) == CONNECTION_OK else {
                    let message = unsafe String(cString: PQerrorMessage(handle))
                    throw Failure(description: "The server of USHER_TEST_POSTGRES cannot be reached: \(message)")
                }
            }

            func run(_ sql: String) throws { _ = try value(sql) }

            /// The first value of the first row; empty when there is none.
            func value(_ sql: String) throws -> String {
                let result = unsafe PQexec(handle, sql)
                defer { unsafe PQclear(result) }
                guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(unsafe PQresultStatus(result)) else {
                    throw Failure(description: unsafe String(cString: PQerrorMessage(handle)))
                }
                return unsafe PQntuples(result) == 0 ? "" : String(cString: PQgetvalue(result, 0, 0))
            }

            deinit { unsafe PQfinish(handle) }
        }
    #else
        private init() {}

        static func shared() throws -> PostgresTestServer {
            throw Failure(description: "This build has no PostgreSQL. Build it with --enable-all-traits.")
        }

        func makeDatabase() throws -> String { "" }
        func drop(_ name: String) {}
        func deadlocks(in name: String) async throws -> Int { 0 }
        func address(of name: String) -> String { "" }
        func open(_ name: String, metrics: any MetricsFactory) throws -> any Database {
            throw Failure(description: "This build has no PostgreSQL.")
        }
    #endif
}
