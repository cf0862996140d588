package import Storage
import Synchronization

/// The latest moment that the database knows of, so that a clock that was set back does not bring old tokens to life.
///
/// Refreshes leave no row by which their time could be found at a start without reading all sessions, so the time is
/// kept in a row of its own, as often as ``granularity`` says.
package final class LatestTime: Sendable {
    private static let granularity = Duration.seconds(5)

    private let kept = Atomic<Int64>(0)

    package init() {}

    /// To be called in every transaction that writes, with its time.
    package func keep(_ now: Timestamp, in tx: Transaction) throws {
        guard now - Timestamp(milliseconds: kept.load(ordering: .relaxed)) >= Self.granularity else { return }
        try tx.execute("UPDATE latest_time SET at = $1 WHERE at < $1", now)
        tx.touched(Change.Subject("latest-time", 0))
        kept.store(now.milliseconds, ordering: .relaxed)
    }

    @Sendable
    package static func stored(in tx: Transaction) throws -> Timestamp {
        let row = try tx.row(
            """
            SELECT MAX(latest) AS latest FROM (
                SELECT at AS latest FROM latest_time
                UNION ALL
                SELECT MAX(at) FROM (SELECT at FROM audit ORDER BY id DESC LIMIT 100) AS recent
                UNION ALL
                SELECT MAX(updated_at) FROM (SELECT updated_at FROM sessions ORDER BY id DESC LIMIT 100) AS recent
            ) AS times
            """)
        return try row?.optionalTimestamp("latest") ?? Timestamp(milliseconds: 0)
    }
}
