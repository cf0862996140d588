import Logging
import Storage

/// Whether the server can do its work, and what keeps it from it.
struct Readiness: Sendable {
    let database: any Database
    let storage: Settings.Storage
    let logger: Logger

    /// A sentence each, fit for everybody; none when it is ready. The causes are in the log.
    func problems() async -> [String] {
        if let lack = storage.lackOfRoom() {
            logger.warning("not ready", metadata: ["cause": "\(lack)"])
            return ["The disk is full."]
        }
        do {
            try await database.probe()
            return []
        } catch {
            logger.warning("not ready", metadata: ["cause": "\(error)"])
            return [sentence(error)]
        }
    }

    private func sentence(_ error: any Error) -> String {
        if case .damaged? = error as? StorageError { return "The database is damaged: restore a back-up." }
        return "The database cannot be read and written."
    }
}
