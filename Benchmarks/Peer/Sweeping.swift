import Commands
import Cryptography
import Logging
import Mailer
import Storage

/// Deletes what is older than the usual settings say, as the server does every hour, but without its pauses.
struct Sweeping {
    static let retention = Retention(audit: .seconds(400 * 86_400), sessions: .seconds(30 * 86_400))

    /// How many sessions and rows of the audit it deleted, and the seconds that it took.
    func run(_ folder: DataFolder.Contents) async throws -> (rows: Int, seconds: Double) {
        let services = try Services(
            database: folder.database, clock: folder.clock, random: SystemRandom(), keys: folder.keys,
            hasher: PasswordHasher(threads: 1), outbox: Outbox(random: SystemRandom()),
            settings: DomainSettings(
                publicURL: "http://localhost", audience: "http://localhost", appName: "Usher",
                sessionLifetime: .seconds(180 * 86_400), seatIdle: nil, inviteLifetime: .seconds(86_400)),
            webhookActions: [])
        let logger = Logger(label: "sweep") { StreamLogHandler.standardError(label: $0) }
        let before = try await old(folder)
        let start = ContinuousClock.now
        await RetentionSweep(services: services, retention: Self.retention, logger: logger, pause: {}).run()
        let took = ContinuousClock.now - start
        return (before - (try await old(folder)), took / .seconds(1))
    }

    /// How many sessions have ended, and how many rows of the audit ``Ageing`` has added.
    private func old(_ folder: DataFolder.Contents) async throws -> Int {
        try await folder.database.read { tx in
            try tx.row(
                """
                SELECT (SELECT COUNT(*) FROM sessions WHERE ended_at IS NOT NULL)
                    + (SELECT COUNT(*) FROM audit WHERE id <= 10000000) AS count
                """)?.int("count") ?? 0
        }
    }
}
