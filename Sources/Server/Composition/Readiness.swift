import Logging
import Storage

/// Whether the server can do its work, and what keeps it from it.
struct Readiness: Sendable {
    let database: any Database
    let logger: Logger

    /// A sentence each, fit for everybody; none when it is ready. The causes are in the log.
    func problems() async -> [String] {
        do {
            // An empty write goes the whole way to the disk and back.
            try await database.write { _ in }
            _ = try await database.read { tx in try tx.rows("SELECT 1 AS alive").count }
            return []
        } catch {
            logger.warning("not ready", metadata: ["cause": "\(error)"])
            return ["The database cannot be read and written."]
        }
    }
}
