extension SQLiteDatabase {
    /// Moves the counter of every id on, so that ids which a later state of this database gave out stay theirs.
    package func moveIDs(onBy distance: Int64) async throws {
        try await write { tx in
            // A table that never had a row has no counter yet, and may have had rows later.
            try tx.execute(
                """
                INSERT INTO sqlite_sequence (name, seq)
                SELECT name, 0 FROM sqlite_schema
                WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)
                """)
            try tx.execute("UPDATE sqlite_sequence SET seq = seq + $1", distance)
        }
    }
}
