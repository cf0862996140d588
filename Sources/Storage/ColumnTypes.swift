/// What the two databases call the types of columns, for migrations that differ in nothing else.
public struct ColumnTypes: Sendable {
    /// The definition of a primary key that counts up and is never used again.
    public let id: String
    /// Compared byte by byte, as in SQLite. PostgreSQL would go by the locale of its database otherwise, whose order may
    /// change with the operating system, and indexes made before would no longer find their rows.
    public let text: String
    public let bytes: String

    public static let sqlite = ColumnTypes(id: "INTEGER PRIMARY KEY AUTOINCREMENT", text: "TEXT", bytes: "BLOB")
    public static let postgres = ColumnTypes(
        id: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", text: #"TEXT COLLATE "C""#, bytes: "BYTEA")
}

extension Migration {
    /// A step whose statements differ by nothing but the types of columns.
    public init(_ name: String, _ statements: (ColumnTypes) -> [String]) {
        self.init(name, sqlite: statements(.sqlite), postgres: statements(.postgres))
    }
}
