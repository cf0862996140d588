import Commands
import Engine
import Mailer
import Storage
import Synchronization
import TestSupport

@testable import Server

/// Two databases of a test, the first of which is filled and copied into the second.
struct CopiedInstallation {
    let source: TestDatabase
    let target: TestDatabase
    let folder: TemporaryFolder
    let migrations: [Migration]

    /// The kinds of databases that can be copied into each other here.
    static let ways: [(DatabaseKind, DatabaseKind)] = DatabaseKind.available.flatMap { from in
        DatabaseKind.available.map { (from, $0) }
    }

    init(_ way: (DatabaseKind, DatabaseKind), adding more: [Migration] = []) async throws {
        (source, target) = (try TestDatabase(way.0), try TestDatabase(way.1))
        folder = try TemporaryFolder()
        migrations = [AuditLog.migration] + Outbox.migrations + DomainMigrations.all + more
        try await use(source) { try await $0.migrate(migrations) }
    }

    /// Opens a database for a while.
    func use<Value>(_ database: TestDatabase, _ body: (any Database) async throws -> Value) async throws -> Value {
        let opened = try database.open()
        let value = try await body(opened)
        try await opened.close()
        return value
    }

    /// What is in a database, table by table.
    func state(_ database: TestDatabase) async throws -> [String: TableState] {
        try await use(database) { try await CopySide(location: location(database), database: $0).state { _ in } }
    }

    @discardableResult
    func copy(
        _ from: TestDatabase? = nil, _ to: TestDatabase? = nil,
        _ progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> InstallationCopy.Report {
        try await InstallationCopy(
            from: location(from ?? source), to: location(to ?? target), dataFolder: folder.file("data"),
            migrations: migrations
        ).run(progress)
    }

    private func location(_ database: TestDatabase) throws -> DatabaseLocation {
        try DatabaseLocation(parsing: database.url, in: WorkingDirectory(path: "/"))
    }
}

/// Rows with everything that a text, a number or bytes can be.
enum OddRows {
    /// Characters that programs have been seen to lose: of more than one code point, decomposed, invisible, not characters.
    static let texts = [
        "", " ", "O'Brien \\ \"x\" `y` $1 %s", "Zoë", "Zoe\u{308}", "👩‍👩‍👧‍👦", "\u{202E}abc", "\u{FEFF}x", "\u{FFFD}",
        "\u{FFFE}\u{10FFFF}", "a\u{1}\u{7F}\u{85}\u{2028}b", "tab\tline\r\nend\n", "null", "{\"a\":1}", "مرحبا",
        "\u{0}".replacing("\u{0}", with: "x"),
    ]

    static func fill(_ database: any Database) async throws {
        try await database.write { tx in
            for (number, text) in texts.enumerated() {
                let user = try tx.row(
                    """
                    INSERT INTO users (email, email_key, name, role, status, external_ref, version, created_at, updated_at, locale)
                    VALUES ($1, $1, $2, 'OWNER', 'ACTIVE', $3, $4, $5, $6, $7) RETURNING id
                    """, "\(number)@example.com", text, number % 2 == 0 ? nil : "\(number) \(text)", Int64.max,
                    Int64.min, -1, text)
                try tx.execute(
                    """
                    INSERT INTO webhooks (user_id, name, token_hash, actions, created_at, updated_at)
                    VALUES ($1, $2, $3, $4, 0, 0)
                    """, try user?.int64("id"), text, [UInt8(number)] + Array(0...255), number % 3 == 0 ? text : nil)
            }
            try tx.execute(
                "INSERT INTO keys (purpose, kid, sealed, created_at) VALUES ('secret', 'a', $1, 1)", [UInt8]())
            // An id that was given out and is no more must not be given out again.
            try tx.execute("DELETE FROM users WHERE id = (SELECT MAX(id) FROM users)")
        }
    }
}

/// What was told of the progress.
final class Told: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    @Sendable func add(_ line: String) { lines.withLock { $0.append(line) } }
}
