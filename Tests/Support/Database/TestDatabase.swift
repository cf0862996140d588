package import Metrics
package import Storage

/// An empty database of its own for a test, gone with the last reference to it.
package final class TestDatabase: Sendable {
    private enum Place {
        case folder(TemporaryFolder)
        case server(PostgresTestServer, name: String)
    }

    private let place: Place

    package init(_ kind: DatabaseKind = .current) throws {
        switch kind {
        case .sqlite: place = .folder(try TemporaryFolder())
        case .postgres:
            let server = try PostgresTestServer.shared()
            place = .server(server, name: try server.makeDatabase())
        }
    }

    deinit {
        if case .server(let server, let name) = place { server.drop(name) }
    }

    /// As a server under test takes it, in `USHER_DATABASE_URL`.
    package var url: String {
        switch place {
        case .folder(let folder): "sqlite:" + folder.file("usher.db")
        case .server(let server, let name): server.address(of: name)
        }
    }

    /// SQLite's file; nil on another database.
    package var file: String? {
        guard case .folder(let folder) = place else { return nil }
        return folder.file("usher.db")
    }

    /// How often transactions have waited for each other in a circle, once everybody has closed it; SQLite's cannot.
    package func deadlocks() async throws -> Int {
        guard case .server(let server, let name) = place else { return 0 }
        return try await server.deadlocks(in: name)
    }

    /// Opens it; once more, as another process would, when called again.
    package func open(metrics: any MetricsFactory = NOOPMetricsHandler.instance) throws -> any Database {
        switch place {
        case .folder(let folder): try SQLiteDatabase(path: folder.file("usher.db"), metrics: metrics)
        case .server(let server, let name): try server.open(name, metrics: metrics)
        }
    }
}
