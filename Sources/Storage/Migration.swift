/// One step of the schema, with the statements of each database side by side.
///
/// A migration that has shipped is never changed; the next one changes the schema on.
public struct Migration: Sendable {
    /// Unique and lasting, e.g. `2026-11-23-users`. Migrations run in the order of the list, not of their names.
    public let name: String
    public let sqlite: [String]
    public let postgres: [String]

    public init(_ name: String, sqlite: [String], postgres: [String]) {
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
    }
}

extension StorageError {
    /// The same, with the migration that it happened in.
    func inMigration(_ name: String) -> StorageError {
        switch self {
        case .misuse(let reason): .misuse("migration `\(name)`: \(reason)")
        case .constraint(let reason): .constraint("migration `\(name)`: \(reason)")
        default: self
        }
    }
}
