package import Storage

/// How much is in a database, for people.
package struct RecordCounts: Sendable, Equatable, CustomStringConvertible {
    package let users: Int
    package let licenses: Int
    /// Those that have not ended.
    package let sessions: Int

    @Sendable
    package static func stored(in tx: Transaction) throws -> RecordCounts {
        let row = try tx.row(
            """
            SELECT (SELECT COUNT(*) FROM users) AS users, (SELECT COUNT(*) FROM licenses) AS licenses,
                (SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL) AS sessions
            """
        ).orUnexpected("users")
        return RecordCounts(
            users: try row.int("users"), licenses: try row.int("licenses"), sessions: try row.int("sessions"))
    }

    package var description: String {
        func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
        return "\(counted(users, "user")), \(counted(licenses, "licence")), \(counted(sessions, "session"))"
    }
}
