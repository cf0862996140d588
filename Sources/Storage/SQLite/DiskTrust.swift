import Logging
import Synchronization

/// Whether what this process believes of the files can still be true; shared by all connections to one database.
final class DiskTrust: Sendable {
    enum Loss {
        /// A sync failed. The kernel forgets what it could not write and shows it all the same, so the next sync says that
        /// all is well; only what is read from the disk again counts.
        case syncFailed(String)
        /// SQLite found pages that cannot be right.
        case damaged(String)
    }

    private let state = Mutex<Loss?>(nil)
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    var loss: Loss? { state.withLock { $0 } }

    /// What writes that have not begun are told.
    var refusal: StorageError? {
        switch loss {
        case .syncFailed: .unavailable("the disk failed to sync, and the database has to be opened anew")
        case .damaged(let reason): .damaged(reason)
        case nil: nil
        }
    }

    func lose(_ loss: Loss) {
        let isFirst = state.withLock { state in
            defer { state = state ?? loss }
            return state == nil
        }
        guard isFirst else { return }
        switch loss {
        case .syncFailed(let reason):
            logger.error(
                "the disk failed to sync; nothing is read or written until the database has been opened anew",
                metadata: ["cause": "\(reason)"])
        case .damaged(let reason):
            logger.critical(
                "the database is damaged, and nothing more is written to it; stop the server, and restore a back-up",
                metadata: ["cause": "\(reason)"])
        }
    }
}
