import Storage

/// Reads everything in a database on one snapshot.
struct CopyReader: Sendable {
    let source: CopySide
    let progress: @Sendable (String) -> Void

    /// Puts all rows into the channel, and what they were at the end.
    func run(into channel: RowChannel) async throws {
        try await source.database.read { [dialect = source.dialect, progress] tx in
            try channel.beginReading()
            try dialect.begin(tx)
            let tables = try dialect.tables(in: tx).inOrderOfReferences()
            let counts = try tables.map { try dialect.estimate(of: $0, in: tx) }
            let total = max(counts.reduce(0, +), 1)
            var (done, states) = (0, [String: TableState]())
            for (table, count) in zip(tables, counts) {
                var digest = TableDigest()
                try CopyPages(table: table, dialect: dialect, tx: tx).forEach { rows in
                    for row in rows { digest.add(row) }
                    done += rows.count
                    let percent = min(99, done * 100 / total)
                    progress(
                        "Copying \(table.name): \(digest.count) of \(max(count, digest.count)) (\(percent) % of all)")
                    try channel.put(.rows(table, rows))
                }
                states[table.name] = TableState(digest: digest, counter: try dialect.counter(of: table, in: tx))
            }
            try channel.put(.end(states))
        }
    }
}
