import Storage

/// One of the two databases of a copy.
struct CopySide: Sendable {
    let location: DatabaseLocation
    let database: any Database

    var dialect: CopyDialect { CopyDialect(location) }

    /// What is in it, table by table, on one snapshot.
    func state(_ progress: @escaping @Sendable (String) -> Void) async throws -> [String: TableState] {
        try await database.read { [dialect] tx in
            try dialect.begin(tx)
            return try Self.state(of: dialect.tables(in: tx), dialect, tx, progress)
        }
    }

    static func state(
        of tables: [TableShape], _ dialect: CopyDialect, _ tx: Transaction, _ progress: (String) -> Void
    ) throws -> [String: TableState] {
        var states: [String: TableState] = [:]
        for table in tables {
            var digest = TableDigest()
            try CopyPages(table: table, dialect: dialect, tx: tx).forEach { rows in
                for row in rows { digest.add(row) }
                progress("Checking \(table.name): \(digest.count)")
            }
            states[table.name] = TableState(digest: digest, counter: try dialect.counter(of: table, in: tx))
        }
        return states
    }
}
