import Storage

/// What SQLite would read for a statement.
struct QueryPlan {
    /// The tables that may be read as a whole, because they do not grow, and the subqueries of which each has a limit.
    private static let short: Set = [
        "keys", "guards", "latest_time", "CONSTANT ROW", "recent", "times", "unfinished", "due_mails", "oldest",
    ]

    /// Statements that may do more, by a part of their text.
    private static let exceptions = [
        // The latest hundred by key, once at the start.
        "ORDER BY id DESC LIMIT 100"
    ]

    private let sql: String
    private let steps: [String]

    init(of sql: String, arguments: Int = 0, in tx: Transaction) throws {
        self.sql = sql
        let nothing = [SQLValue](repeating: .null, count: arguments)
        steps = try tx.connection.run("EXPLAIN QUERY PLAN " + sql, nothing).rows.map { try $0.string("detail") }
    }

    /// The steps that read a whole table, or a whole index, that grows.
    var scans: [String] {
        if Self.exceptions.contains(where: sql.contains) { return [] }
        return steps.filter { step in
            guard step.hasPrefix("SCAN ") else { return false }
            let name = step.dropFirst("SCAN ".count).split(separator: " USING ").first ?? ""
            return !Self.short.contains(String(name))
        }
    }
}
