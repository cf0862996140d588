import Cryptography
import Storage

/// What becomes of a mail after an attempt.
struct MailOutcome: Sendable, Hashable {
    enum State: String {
        case waiting, sent, failed, expired
    }

    let state: State
    /// When to try again; nil when there is nothing more to do.
    let dueAt: Timestamp?
    let attempts: Int
    let code: Int?
    let text: String

    static func sent(_ mail: OutboxMail, _ delivery: Delivery) -> MailOutcome {
        done(.sent, mail, delivery)
    }

    static func failed(_ mail: OutboxMail, _ delivery: Delivery) -> MailOutcome {
        done(.failed, mail, delivery)
    }

    /// Not sent because it is of no use any more.
    static func expired(_ mail: OutboxMail, because reason: String) -> MailOutcome {
        MailOutcome(state: .expired, dueAt: nil, attempts: mail.attempts, code: nil, text: reason)
    }

    /// Back into the queue, the attempt not counted: it was not about this mail.
    static func held(_ mail: OutboxMail, until time: Timestamp, _ delivery: Delivery) -> MailOutcome {
        MailOutcome(
            state: .waiting, dueAt: time, attempts: mail.attempts - 1, code: delivery.code, text: delivery.text)
    }

    /// Again by the schedule of its class, ±20 %; the end of the schedule, or of the mail's use, is its end.
    static func retry(
        _ mail: OutboxMail, at now: Timestamp, random: any RandomSource, _ delivery: Delivery
    ) -> MailOutcome {
        let end: State = mail.mailClass == .reset ? .expired : .failed
        let retries = mail.mailClass.retries
        guard mail.attempts <= retries.count else { return done(end, mail, delivery) }
        let dueAt = now + jittered(retries[mail.attempts - 1], random: random)
        if let notAfter = mail.notAfter, dueAt > notAfter { return done(.expired, mail, delivery) }
        return MailOutcome(
            state: .waiting, dueAt: dueAt, attempts: mail.attempts, code: delivery.code, text: delivery.text)
    }

    private static func done(_ state: State, _ mail: OutboxMail, _ delivery: Delivery) -> MailOutcome {
        MailOutcome(state: state, dueAt: nil, attempts: mail.attempts, code: delivery.code, text: delivery.text)
    }

    /// So that what failed together does not come back together.
    private static func jittered(_ duration: Duration, random: any RandomSource) -> Duration {
        let number = random.bytes(2).reduce(0) { $0 << 8 | Int64($1) }
        return .milliseconds(duration.milliseconds * (800 + number * 400 / 65_535) / 1000)
    }
}
