import Mailer
import Storage

/// Whether the server can do its work, and what keeps it from it.
struct Readiness: Sendable {
    let database: SQLiteDatabase
    let mail: OutboxWorker

    /// A sentence each; none when it is ready.
    func problems() async -> [String] {
        do {
            _ = try await database.read { tx in try tx.rows("SELECT 1 AS alive").count }
            return []
        } catch {
            return ["The database cannot be read: \(error)"]
        }
    }
}
