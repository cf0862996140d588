import Logging
import Storage

extension OutboxWorker {
    /// For how long one can look up what became of a mail.
    private static let kept = Duration.hours(30 * 24)

    /// Deletes what was done with long ago, in steps between which others write.
    func sweep() async {
        let (outbox, end) = (outbox, clock.now() - Self.kept)
        var count = 0
        do {
            while !stopping.isRaised {
                let step = try await database.write { try outbox.prune(finishedBefore: end, limit: 1000, in: $0) }
                count += step
                guard step == 1000 else { break }
            }
        } catch {
            logger.warning("Old mails cannot be deleted; trying again later", metadata: ["error": "\(error)"])
        }
        if count > 0 { logger.info("Old mails deleted", metadata: ["count": "\(count)"]) }
    }
}
