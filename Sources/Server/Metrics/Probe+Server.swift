import Cryptography
import Mailer
import Prometheus
import Storage

extension Probe {
    /// Passwords that wait and that are worked on.
    static func hashing(_ hasher: PasswordHasher) -> Probe {
        Probe("hashing") {
            [
                Reading("usher_password_hashes_waiting", hasher.waitingCount),
                Reading("usher_password_hashes_running", hasher.runningCount),
            ]
        }
    }

    /// What waits for the database; without a question to it, so that it is known when the database hangs.
    static func database(_ database: any Database) -> Probe {
        Probe("database") {
            [
                Reading("usher_database_writes_waiting", database.waitingWrites),
                Reading("usher_database_reads_waiting", database.waitingReads),
            ]
        }
    }

    /// The queue of mails.
    static func outbox(_ clock: Clock, _ status: @escaping @Sendable () async throws -> MailStatus) -> Probe {
        Probe("outbox") {
            let status = try await status()
            let age = status.oldest.map { max(.zero, clock.now() - $0) } ?? .zero
            return [
                Reading("usher_outbox_mails_waiting", status.waiting),
                Reading("usher_outbox_oldest_mail_age_seconds", age / .seconds(1)),
                Reading("usher_mail_paused", status.pause == nil ? 0 : 1),
            ]
        }
    }

    /// How often each limit refused a call; the names are those of the limits, never of who was refused.
    static func rateLimits(_ refusals: @escaping @Sendable () async -> [String: Int]) -> Probe {
        Probe("rate-limits") {
            await refusals().sorted { $0.key < $1.key }.map {
                Reading("usher_rate_limit_refusals_total", $0.value, labels: [("limit", $0.key)])
            }
        }
    }
}
