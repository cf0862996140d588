/// The number of a transaction that has written, by which it is found again when the connection broke at its COMMIT.
struct TransactionNumber: Sendable, Hashable {
    let number: String
    /// The history of the server that gave it: after a fail-over the new primary gives numbers of the old one's anew.
    let timeline: String

    /// Asks within the transaction.
    static let question = SQLStatement(
        """
        SELECT pg_current_xact_id_if_assigned()::text AS number, \(timelineNow) AS timeline
        """)

    /// The first eight digits of the name of the file that the log is written to.
    private static let timelineNow = "left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)"

    /// nil when nothing has been written yet.
    init?(_ row: Row) throws {
        guard let number = try row.optionalString("number") else { return nil }
        self.number = number
        timeline = try row.string("timeline")
    }

    /// Asks afterwards, on another connection.
    var fateQuestion: SQLStatement {
        SQLStatement("SELECT pg_xact_status($1::text::xid8) AS fate, \(Self.timelineNow) AS timeline", number)
    }

    /// What became of the transaction.
    enum Fate {
        case committed, rolledBack
        /// The old connection's process is still at work on it.
        case inProgress
        /// It is so long ago, or so much has happened, that nobody knows.
        case unknown
    }

    func fate(_ row: Row) throws -> Fate {
        let isSameHistory = try row.string("timeline") == timeline
        return switch try row.optionalString("fate") {
        // After a fail-over the number may be that of somebody else.
        case "committed": isSameHistory ? .committed : .unknown
        case "aborted": .rolledBack
        case "in progress": isSameHistory ? .inProgress : .rolledBack
        default: .unknown
        }
    }
}
