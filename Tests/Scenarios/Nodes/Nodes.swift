import Foundation
import TestSupport
import Testing

/// Several servers on one PostgreSQL, each with a data folder of its own, as on machines of their own.
struct Nodes {
    let database: TestDatabase
    let labs: [Lab]

    /// Whether there is a PostgreSQL to test on; a line says what is left out where there is none.
    static func arePossible(for purpose: String) -> Bool {
        if DatabaseKind.available.contains(.postgres) { return true }
        print("Left out: \(purpose) (USHER_TEST_POSTGRES is not set).")
        return false
    }

    /// Nodes on an empty database, none of which runs yet.
    ///
    /// `address` makes of the database's address the one that nodes are given.
    static func idle(
        _ count: Int, settings: [String: String] = [:], address: (String) throws -> String = { $0 }
    ) async throws -> Nodes {
        let database = try TestDatabase(.postgres)
        var settings = settings
        settings["USHER_DATABASE_URL"] = try address(database.url)
        let first = try await Lab.idle(settings: settings)
        return Nodes(
            database: database, labs: [first] + (try (1..<count).map { _ in try Lab.another(settings: settings) }))
    }

    /// Nodes that run and share one master key.
    static func start(
        _ count: Int, settings: [String: String] = [:], address: (String) throws -> String = { $0 }
    ) async throws -> Nodes {
        let shared = settings.merging([
            "USHER_MASTER_KEY": newMasterKey(), "USHER_PUBLIC_URL": "http://localhost",
        ]) { own, _ in own }
        let nodes = try await idle(count, settings: shared, address: address)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lab in nodes.labs { group.addTask { try await lab.serve() } }
            try await group.waitForAll()
        }
        return nodes
    }

    static func newMasterKey() -> String { Data((0..<32).map { _ in UInt8.random(in: 0...255) }).base64EncodedString() }

    /// The addresses that mails of all nodes went to, once for each mail.
    var mailedAddresses: [String] {
        labs.flatMap { lab in
            let folder = lab.data.appending(path: "mail")
            let files =
                (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
            return files.filter { $0.pathExtension == "eml" }.compactMap { file in
                (try? String(contentsOf: file, encoding: .utf8)).map { Mail(parsing: $0).to }
            }
        }
    }
}
