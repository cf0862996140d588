import Commands
import Cryptography
import Foundation
import JSON
import Logging
import Mailer
import Storage
import Synchronization
import TestSupport

/// How many mails a second go from a full outbox to an SMTP server: `script/bench-mail [MAILS] [LANES] [SERVERS]`.
///
/// The server is aiosmtpd on loopback, in as many processes as asked for (`Tests/Python/smtp_sink.py`). The figures name
/// the processor time of both sides, which tells who the limit is.
@main
struct MailBenchmark {
    let mails: Int
    let lanes: Int
    let servers: Int

    static func main() async throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let benchmark = MailBenchmark(
            mails: numbers.first ?? 10_000, lanes: numbers.dropFirst().first ?? 8,
            servers: numbers.dropFirst(2).first ?? 1)
        try await benchmark.run()
    }

    private func run() async throws {
        let folder = try TemporaryFolder()
        let database = try SQLiteDatabase(path: folder.file("bench.db"))
        try await database.migrate(Outbox.migrations)
        let outbox = Outbox(random: SystemRandom())
        try await fill(outbox, in: database)
        let sink = try await Sink(servers: servers, folder: folder.url)
        let worker = try worker(database, outbox, port: sink.port)

        let began = (wall: ContinuousClock.now, processor: Self.processorTime())
        let running = Task { try await worker.run() }
        _ = try await eventually("all mails", within: .seconds(600)) {
            try await worker.status().waiting == 0 ? true : nil
        }
        let took = (wall: ContinuousClock.now - began.wall, processor: Self.processorTime() - began.processor)
        running.cancel()
        try await running.value
        try await database.close()
        let taken = try await sink.stop()
        report(took.wall, took.processor, taken)
    }

    private func fill(_ outbox: Outbox, in database: SQLiteDatabase) async throws {
        let (mails, clock) = (mails, Clock.system())
        try await database.write { tx in
            for number in 0..<mails {
                let to = Mailbox(name: "User \(number)", address: try MailAddress("user\(number)@example.net"))
                try outbox.enqueue(
                    MailDraft(template: "account-deleted", to: to, mailClass: .notification), at: clock.now(), in: tx,
                    hasCheckedRoom: true)
            }
        }
    }

    private func worker(_ database: SQLiteDatabase, _ outbox: Outbox, port: Int) throws -> OutboxWorker {
        let settings = SMTPSettings(host: "127.0.0.1", port: port, security: .startTLSIfOffered)
        var logger = Logger(label: "mail") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        return OutboxWorker(
            database: database, outbox: outbox, content: Content(templates: try .shipped()), maximumLanes: lanes,
            sender: Mailbox(name: "Usher", address: try MailAddress("noreply@example.com")), clock: .system(),
            random: SystemRandom(), node: "bench", logger: logger, makeTransport: { SMTPTransport(settings) })
    }

    private func report(_ wall: Duration, _ processor: Double, _ taken: Sink.Taken) {
        let seconds = wall / .seconds(1)
        func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }
        print(
            """
            \(mails) mails, \(lanes) lanes, \(servers) server processes: \(rounded(seconds)) s
            \(Int(Double(mails) / seconds)) mails/s; \(taken.mails) taken, \(taken.connections) connections
            processor time: ours \(rounded(processor)) s, the servers' \(rounded(taken.processor)) s
            """)
        if taken.mails != mails { print("NOT ALL MAILS WERE TAKEN ONCE") }
    }

    /// Of this process, in seconds.
    private static func processorTime() -> Double {
        Double(clock()) / Double(CLOCKS_PER_SEC)
    }
}

/// A shipped template, filled for each mail as the server does it.
private struct Content: MailContent {
    let templates: TemplateLibrary

    func render(_ mail: OutboxMail, in tx: Transaction) throws -> MailRendering {
        .mail(
            try templates.render(
                mail.template, locale: "",
                values: [
                    "appName": .text("Usher"), "name": .text(mail.to.name), "email": .text(mail.to.address.text),
                    "time": .text("2026-12-01 09:30 UTC"),
                ]))
    }

    func settled(_ mail: OutboxMail, _ ending: MailEnding, at now: Timestamp, in tx: Transaction) throws {}
}
