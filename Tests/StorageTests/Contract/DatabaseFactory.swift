import Foundation
import Storage
import TestSupport
import Testing

/// Makes an empty database of one kind; the whole contract runs against each kind that is there.
struct DatabaseFactory: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kind: DatabaseKind

    static let all = DatabaseKind.available.map { kind in kind == .sqlite ? sqlite : postgres }

    static let sqlite = DatabaseFactory(testDescription: "SQLite", kind: .sqlite)
    static let postgres = DatabaseFactory(testDescription: "PostgreSQL", kind: .postgres)

    func make() throws -> TestDatabase { try TestDatabase(kind) }
}

/// Runs `body` with an open database that has the schema of the contract's tests, and clears up.
func withDatabase(_ factory: DatabaseFactory, _ body: (any Database) async throws -> Void) async throws {
    let place = try factory.make()
    let database = try place.open()
    do {
        try await database.migrate(contractSchema)
        try await body(database)
    } catch {
        try? await database.close()
        throw error
    }
    try await database.close()
}

func withSQLite(_ body: (SQLiteDatabase) async throws -> Void) async throws {
    try await withDatabase(.sqlite) { database in try await body(try #require(database as? SQLiteDatabase)) }
}

/// Runs `body` with an empty folder of its own.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "storage-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path(percentEncoded: false))
}
