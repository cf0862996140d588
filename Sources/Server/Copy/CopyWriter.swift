import Storage

/// Writes what the channel brings into a new database, in one transaction: all of it is there afterwards, or nothing.
struct CopyWriter: Sendable {
    /// There is something in the target already.
    struct IsNotNew: Error {
        let table: String
        let rows: Int
    }

    let target: CopySide
    /// The tables of the source.
    let tables: [TableShape]
    /// What is in a database that nobody has used yet.
    let new: [String: TableState]
    let progress: @Sendable (String) -> Void

    /// - Returns: What is in the target now, which is what was in the source.
    /// - Throws: ``IsNotNew``, ``CannotStart``, ``StorageError``; then the target is as it was.
    func run(from channel: RowChannel) async throws -> [String: TableState] {
        do {
            return try await target.database.write { [self] tx in
                try channel.beginWriting()
                return try write(from: channel, in: tx)
            }
        } catch {
            channel.fail(error)
            throw error
        }
    }

    private func write(from channel: RowChannel, in tx: Transaction) throws -> [String: TableState] {
        let dialect = target.dialect
        try dialect.begin(tx)
        let shapes = try dialect.tables(in: tx)
        if let difference = tables.difference(from: shapes) { throw CannotStart("\(target.location) \(difference).") }
        try dialect.lock(shapes, in: tx)
        try checkThatItIsNew(shapes, in: tx)
        for table in try shapes.inOrderOfReferences().reversed() {
            try tx.execute("DELETE FROM \(CopyDialect.quoted(table.name))")
        }
        while true {
            switch try channel.take() {
            case .rows(let table, let rows):
                guard let shape = shapes.first(where: { $0.name == table.name }) else { continue }
                try insert(rows, into: shape, tx)
            case .end(let states):
                try finish(shapes, as: states, in: tx)
                return states
            }
        }
    }

    /// All but the times of the migrations is the same in each new database.
    private func checkThatItIsNew(_ shapes: [TableShape], in tx: Transaction) throws {
        for shape in shapes where shape.name != "schema_migrations" {
            // One page tells: a new database has no table with more.
            var digest = TableDigest()
            try CopyPages(table: shape, dialect: target.dialect, tx: tx).forEach { rows in
                for row in rows { digest.add(row) }
                if digest.count >= CopyPages.size { throw IsNotNew(table: shape.name, rows: digest.count) }
            }
            guard digest == new[shape.name]?.digest else { throw IsNotNew(table: shape.name, rows: digest.count) }
        }
    }

    private func insert(_ rows: [[SQLValue]], into table: TableShape, _ tx: Transaction) throws {
        if target.dialect == .postgres { try checkThatTextsFit(rows, table) }
        try target.dialect.insert(rows, into: table, tx)
    }

    /// PostgreSQL has no character U+0000.
    private func checkThatTextsFit(_ rows: [[SQLValue]], _ table: TableShape) throws(CannotStart) {
        for row in rows {
            for (column, value) in zip(table.columns, row) {
                guard case .text(let text) = value, text.utf8.contains(0) else { continue }
                let key = zip(table.columns, row).filter { table.key.contains($0.0.name) }.map {
                    "\($0.0.name) \(CopyPages.shown($0.1))"
                }.joined(separator: ", ")
                throw CannotStart(
                    "`\(column.name)` of the table `\(table.name)` (\(key)) has the character U+0000 in it, which PostgreSQL "
                        + "cannot store. Change that text first.")
            }
        }
    }

    /// Reads back what was written.
    private func finish(_ shapes: [TableShape], as states: [String: TableState], in tx: Transaction) throws {
        for shape in shapes {
            guard let counter = states[shape.name]?.counter else { continue }
            try target.dialect.setCounter(of: shape, to: counter, in: tx)
        }
        let written = try CopySide.state(of: shapes, target.dialect, tx, progress)
        if let wrong = states.keys.sorted().first(where: { written[$0] != states[$0] }) {
            throw CannotStart(
                "The table `\(wrong)` is not the same in \(target.location) as in the source. The copy is taken back; "
                    + "this is a fault of Usher's, please report it.")
        }
        progress("Committing")
    }
}
