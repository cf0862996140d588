import Logging
import Storage

extension OutboxWorker {
    /// Tries to deliver a mail and decides what becomes of it.
    func attempt(_ mail: OutboxMail) async -> MailOutcome {
        if let notAfter = mail.notAfter, notAfter < clock.now() {
            return .expired(mail, because: "it would have come too late")
        }
        let texts: RenderedTexts
        do {
            let content = content
            switch try await database.read({ try content.render(mail, in: $0) }) {
            case .void(let reason): return .expired(mail, because: reason)
            case .mail(let rendered): texts = rendered
            }
        } catch {
            logger.error("A mail cannot be written", metadata: metadata(mail, ["error": "\(error)"]))
            return .retry(mail, at: clock.now(), random: random, Delivery(.delayed, text: "it cannot be written"))
        }
        let message = MailMessage(
            from: sender, to: mail.to, subject: texts.subject, text: texts.text, html: texts.html,
            date: mail.createdAt, id: mail.messageID)
        let delivery = await transport.deliver(message, label: mail.template)
        return decide(
            Delivery(delivery.verdict, code: delivery.code, text: ServerText.safe(delivery.text, mail: texts)), mail)
    }

    private func decide(_ delivery: Delivery, _ mail: OutboxMail) -> MailOutcome {
        let now = clock.now()
        if gate.note(delivery, for: mail.to.address, at: now) { logGate() }
        switch delivery.verdict {
        case .sent: return .sent(mail, delivery)
        case .refused: return .failed(mail, delivery)
        case .delayed, .unreachable: return .retry(mail, at: now, random: random, delivery)
        case .interrupted: return .held(mail, until: now, delivery)
        case .misconfigured: return .held(mail, until: gate.closed?.until ?? now, delivery)
        case .refusedByPolicy:
            guard let closed = gate.closed else { return .failed(mail, delivery) }
            // Behind the others: if this one is refused for what it is, the next try must be another's.
            return .held(mail, until: closed.until + (closed.until - now), delivery)
        }
    }
}
