import Cryptography
import Foundation
import JSON
import Logging
import Metrics
import Storage
import Synchronization
import TestSupport

@testable import Mailer

/// An outbox in a database of its own, with a transport that answers as it is told.
final class OutboxFixture: Sendable {
    let database: any Database
    let outbox: Outbox
    let time = ManualClock(Timestamp(milliseconds: 1_795_464_907_000))
    let transport = FakeTransport()
    let content = FakeContent()
    let log = LogRecorder()
    private let place: TestDatabase

    init(maximumWaiting: Int = 100_000) async throws {
        place = try TestDatabase()
        database = try place.open()
        outbox = Outbox(random: SystemRandom(), maximumWaiting: maximumWaiting)
        try await database.migrate(
            Outbox.migrations + [
                Migration("links") { _ in ["CREATE TABLE links (mail BIGINT, delivered_at BIGINT)"] }
            ])
    }

    /// A worker with one lane, unless more are asked for, all of which use ``transport`` unless others are made.
    func worker(
        node: String = "one", lanes: Int = 1, database: (any Database)? = nil,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        makeTransport: (@Sendable () -> any MailTransport)? = nil
    ) throws -> OutboxWorker {
        let transport = transport
        return OutboxWorker(
            database: database ?? self.database, outbox: outbox, content: content, maximumLanes: lanes,
            sender: Mailbox(name: "Usher", address: try MailAddress("noreply@example.com")), clock: time.clock,
            random: SystemRandom(), node: node, logger: log.logger, metrics: metrics,
            makeTransport: makeTransport ?? { transport })
    }

    /// The same database, opened once more as another process would.
    func reopened() throws -> any Database { try place.open() }

    /// Several mails in one transaction, each to another address.
    func enqueue(count: Int, mailClass: MailClass = .notification) async throws {
        let (outbox, now) = (outbox, time.now)
        try await database.write { tx in
            for number in 0..<count {
                let address = try MailAddress("user\(number)@example.net")
                try outbox.enqueue(
                    MailDraft(template: "hello", to: Mailbox(address: address), mailClass: mailClass), at: now, in: tx)
            }
        }
    }

    /// How many mails stand in that state.
    func count(_ state: OutboxState) async throws -> Int {
        try await database.read { tx in
            try tx.row("SELECT count(*) AS mails FROM outbox WHERE state = $1", state.rawValue)?.int("mails") ?? 0
        }
    }

    @discardableResult
    func enqueue(
        _ template: String = "hello", to: String = "ann@example.net", mailClass: MailClass = .notification,
        notAfter: Timestamp? = nil, dedupeKey: String? = nil
    ) async throws -> OutboxMail.ID {
        let draft = MailDraft(
            template: template, to: Mailbox(name: "Ann", address: try MailAddress(to)), locale: "de",
            parameters: .object(["number": 7]), mailClass: mailClass, notAfter: notAfter, dedupeKey: dedupeKey)
        let (outbox, now) = (outbox, time.now)
        return try await database.write { try outbox.enqueue(draft, at: now, in: $0) }
    }

    struct State: Sendable, Equatable {
        let state: String
        let attempts: Int
        let dueIn: Duration
        let code: Int?
        let text: String?
    }

    func state(of id: OutboxMail.ID) async throws -> State {
        let now = time.now
        return try await database.read { tx in
            guard let row = try tx.row("SELECT * FROM outbox WHERE id = $1", id) else {
                return State(state: "gone", attempts: 0, dueIn: .zero, code: nil, text: nil)
            }
            return State(
                state: try row.string("state"), attempts: try row.int("attempts"),
                dueIn: try row.timestamp("due_at") - now, code: try row.optionalInt("last_code"),
                text: try row.optionalString("last_text"))
        }
    }

    func links() async throws -> Int {
        try await database.read { try $0.row("SELECT count(*) AS links FROM links")?.int("links") ?? 0 }
    }
}

extension OutboxWorker {
    /// Sends one mail that is due; false when there is none, or the transport is paused.
    func sendNext() async throws -> Bool {
        guard let claim = try await claim() else { return false }
        let transport = transports.take()
        _ = await send(claim, by: transport, claimsNext: false)
        await transports.giveBack(transport)
        return true
    }
}

/// Notes what it is given, and answers as it is told, by address or all alike.
final class FakeTransport: MailTransport {
    private struct State {
        var answers: [String: Delivery] = [:]
        var answer = Delivery(.sent, code: 250, text: "queued")
        var messages: [MailMessage] = []
        var isInterrupted = false
        var isStuck = false
    }

    let place = "fake"
    private let state = Mutex(State())

    var messages: [MailMessage] { state.withLock { $0.messages } }
    var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

    func answer(_ delivery: Delivery) { state.withLock { $0.answer = delivery } }
    func answer(_ address: String, _ delivery: Delivery) { state.withLock { $0.answers[address] = delivery } }
    /// Deliveries end only by being interrupted.
    func stick() { state.withLock { $0.isStuck = true } }

    func deliver(_ message: MailMessage, label: String) async -> Delivery {
        let delivery = state.withLock { state in
            state.messages.append(message)
            return state.answers[message.to.address.text] ?? state.answer
        }
        while state.withLock({ $0.isStuck && !$0.isInterrupted }) { await Task.yield() }
        return isInterrupted ? Delivery(.interrupted, text: "stopped") : delivery
    }

    func interrupt() { state.withLock { $0.isInterrupted = true } }
    func close() async {}
}

/// A secret link in every mail; `void` and `broken` are templates that cannot be sent.
final class FakeContent: MailContent {
    struct Broken: Error {}

    static let link = "https://x.example/?token=ush_pw_0123456789"
    private let failsAfterDelivery = Atomic(false)
    private let endings = Mutex<[OutboxMail.ID: [MailEnding]]>([:])

    func failAfterDelivery() { failsAfterDelivery.store(true, ordering: .relaxed) }

    func render(_ mail: OutboxMail, in tx: Transaction) throws -> MailRendering {
        switch mail.template {
        case "void": return .void(reason: "the link was used")
        case "broken": throw Broken()
        default:
            let text = "\(mail.template) \(mail.locale) \(mail.parameters.text) \(Self.link)"
            return .mail(RenderedTexts(subject: "Subject of \(mail.id)", text: text, html: "<p>\(text)</p>"))
        }
    }

    func settled(_ mail: OutboxMail, _ ending: MailEnding, at now: Timestamp, in tx: Transaction) throws {
        endings.withLock { $0[mail.id, default: []].append(ending) }
        guard ending == .sent else { return }
        try tx.execute("INSERT INTO links (mail, delivered_at) VALUES ($1, $2)", mail.id, now)
        if failsAfterDelivery.load(ordering: .relaxed) { throw Broken() }
    }

    /// What was told of a mail, so far.
    func endings(of id: OutboxMail.ID) -> [MailEnding] { endings.withLock { $0[id] ?? [] } }
}

/// Keeps log lines, with their details.
final class LogRecorder: Sendable {
    private let recorded = Mutex<[String]>([])

    var lines: [String] { recorded.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(recorder: self) }
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            recorder.recorded.withLock { $0.append("\(event.level): \(event.message) \(event.metadata ?? [:])") }
        }
    }
}
