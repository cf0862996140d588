import Foundation

/// The databases that tests can run on.
package enum DatabaseKind: String, Sendable, CaseIterable {
    case sqlite, postgres

    /// The one that this run is about: `USHER_TEST_DATABASE`, and SQLite if that says nothing.
    package static let current: DatabaseKind = {
        guard let name = ProcessInfo.processInfo.environment["USHER_TEST_DATABASE"] else { return .sqlite }
        guard let kind = DatabaseKind(rawValue: name) else {
            fatalError("USHER_TEST_DATABASE is `\(name)`. Set it to sqlite or postgres, or leave it out.")
        }
        return kind
    }()

    /// Those that are there: PostgreSQL where `USHER_TEST_POSTGRES` is the address of a server, as in `script/test`.
    package static let available: [DatabaseKind] = {
        if PostgresTestServer.address != nil { return allCases }
        print("Left out: tests on PostgreSQL. `script/test` starts a server for them.")
        return [.sqlite]
    }()

    /// For tests that are about SQLite and its files alone.
    package static var isSQLite: Bool { current == .sqlite }
}
