import Logging
import Storage

extension OutboxWorker {
    /// Writes the outcome, and does not give up while the process runs: a mail that was sent and not recorded is sent again.
    func record(_ outcome: MailOutcome, of mail: OutboxMail) async {
        log(outcome, of: mail)
        while true {
            do {
                guard try await write(outcome, of: mail) else {
                    logger.warning("A mail took longer than its lease and may be sent twice", metadata: metadata(mail))
                    return
                }
                return
            } catch {
                logger.error(
                    "A mail's outcome cannot be stored; trying again", metadata: metadata(mail, ["error": "\(error)"]))
            }
            guard !stopping.isRaised, (try? await Task.sleep(for: .seconds(1))) != nil else { return }
        }
    }

    private func write(_ outcome: MailOutcome, of mail: OutboxMail) async throws -> Bool {
        let (lease, content, now, logger, details) = (lease, content, clock.now(), logger, metadata(mail))
        return try await database.write { tx in
            guard try lease.record(outcome, of: mail, at: now, in: tx) else { return false }
            guard outcome.state == .sent else { return true }
            do {
                try tx.savepoint { try content.delivered(mail, at: now, in: tx) }
            } catch {
                // The mail is out: it must not go again because of this.
                logger.error(
                    "A mail is sent, but what follows from it failed",
                    metadata: details.merging(["error": "\(error)"]) { $1 })
            }
            return true
        }
    }
}
