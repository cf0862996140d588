import Logging
import Storage

extension OutboxWorker {
    /// How many mails one transaction deletes at most.
    private static let step = 500

    /// Deletes what was done with long ago, in steps between which others write.
    func sweep() async {
        let (outbox, end) = (outbox, clock.now() - retention)
        var count = 0
        do {
            while !stopping.isRaised {
                let deleted = try await database.write {
                    try outbox.prune(finishedBefore: end, limit: Self.step, in: $0)
                }
                count += deleted
                guard deleted == Self.step else { break }
                // What requests write goes first.
                try await Task.sleep(for: .milliseconds(100))
            }
        } catch is CancellationError {
            // The server stops.
        } catch {
            logger.warning("Old mails cannot be deleted; trying again later", metadata: ["error": "\(error)"])
        }
        if count > 0 { logger.info("Old mails deleted", metadata: ["count": "\(count)"]) }
    }
}
