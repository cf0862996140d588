import Cryptography
import Storage

/// What becomes of a mail after an attempt.
struct MailOutcome: Sendable, Hashable {
    enum State: Sendable, Hashable {
        /// To be tried at that time.
        case waiting(until: Timestamp)
        case settled(MailEnding)
    }

    let state: State
    let attempts: Int
    let code: Int?
    let text: String

    /// When to try again; nil when there is nothing more to do.
    var dueAt: Timestamp? {
        if case .waiting(let time) = state { time } else { nil }
    }

    /// Nil while the mail waits.
    var ending: MailEnding? {
        if case .settled(let ending) = state { ending } else { nil }
    }

    static func sent(_ mail: OutboxMail, _ delivery: Delivery) -> MailOutcome {
        done(.sent, mail, delivery)
    }

    static func failed(_ mail: OutboxMail, _ delivery: Delivery) -> MailOutcome {
        done(.failed(code: delivery.code), mail, delivery)
    }

    /// Not sent because there is nothing to say any more.
    static func void(_ mail: OutboxMail, because reason: String) -> MailOutcome {
        MailOutcome(state: .settled(.void), attempts: mail.attempts, code: nil, text: reason)
    }

    /// Not sent because its time was over before its turn came.
    static func tooLate(_ mail: OutboxMail) -> MailOutcome {
        MailOutcome(
            state: .settled(.expired(code: nil)), attempts: mail.attempts, code: nil,
            text: "it would have come too late")
    }

    /// Back into the queue, the attempt not counted: it was not about this mail.
    static func held(_ mail: OutboxMail, until time: Timestamp, _ delivery: Delivery) -> MailOutcome {
        MailOutcome(
            state: .waiting(until: time), attempts: mail.attempts - 1, code: delivery.code, text: delivery.text)
    }

    /// Again by the schedule of its class, ±20 %; the end of the schedule, or of the mail's use, is its end.
    static func retry(
        _ mail: OutboxMail, at now: Timestamp, random: any RandomSource, _ delivery: Delivery
    ) -> MailOutcome {
        let code = delivery.code
        let end: MailEnding = mail.mailClass == .reset ? .expired(code: code) : .failed(code: code)
        let retries = mail.mailClass.retries
        guard mail.attempts <= retries.count else { return done(end, mail, delivery) }
        let dueAt = now + jittered(retries[mail.attempts - 1], random: random)
        if let notAfter = mail.notAfter, dueAt > notAfter { return done(.expired(code: code), mail, delivery) }
        return MailOutcome(state: .waiting(until: dueAt), attempts: mail.attempts, code: code, text: delivery.text)
    }

    private static func done(_ ending: MailEnding, _ mail: OutboxMail, _ delivery: Delivery) -> MailOutcome {
        MailOutcome(state: .settled(ending), attempts: mail.attempts, code: delivery.code, text: delivery.text)
    }

    /// So that what failed together does not come back together.
    private static func jittered(_ duration: Duration, random: any RandomSource) -> Duration {
        let number = random.bytes(2).reduce(0) { $0 << 8 | Int64($1) }
        return .milliseconds(duration.milliseconds * (800 + number * 400 / 65_535) / 1000)
    }
}
