import Logging
import Storage

extension OutboxWorker {
    /// Tries to deliver a mail and decides what becomes of it.
    func attempt(_ claim: Claim, by transport: any MailTransport) async -> MailOutcome {
        let mail = claim.mail
        if let notAfter = mail.notAfter, notAfter < clock.now() { return .tooLate(mail) }
        let texts: RenderedTexts
        do {
            let content = content
            switch try await database.read({ try content.render(mail, in: $0) }) {
            case .void(let reason): return .void(mail, because: reason)
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
            Delivery(
                delivery.verdict, code: delivery.code, text: ServerText.safe(delivery.text, mail: texts),
                trouble: delivery.trouble),
            claim, place: transport.place)
    }

    private func decide(_ delivery: Delivery, _ claim: Claim, place: String) -> MailOutcome {
        let (mail, now) = (claim.mail, clock.now())
        if isTooManyLanes(delivery) {
            laneLimit.lower(running: runningLanes, at: now)
            logger.notice(
                "The mail server takes fewer connections at a time",
                metadata: [
                    "server": "\(place)", "connections": "\(laneLimit.current(at: now))", "answer": "\(delivery.text)",
                ])
            return .held(mail, until: now, delivery)
        }
        if gate.note(delivery, for: mail.to.address, pass: claim.pass, at: now) { gateChanged(place) }
        let closure = gate.closure
        switch delivery.verdict {
        case .sent: return .sent(mail, delivery)
        case .refused: return .failed(mail, delivery)
        case .delayed, .unreachable: return .retry(mail, at: now, random: random, delivery)
        case .interrupted: return .held(mail, until: now, delivery)
        case .misconfigured: return .held(mail, until: closure?.until ?? now, delivery)
        case .refusedByPolicy:
            guard let closure else { return .failed(mail, delivery) }
            // Behind the others: if this one is refused for what it is, the next try must be another's.
            return .held(mail, until: closure.until + max(.zero, closure.until - now), delivery)
        }
    }

    /// Whether the server turned a lane away while it serves others: then it is not the server that is in trouble.
    private func isTooManyLanes(_ delivery: Delivery) -> Bool {
        delivery.trouble == .busy && runningLanes > 1 && gate.closure == nil
    }

    private func gateChanged(_ place: String) {
        logGate(place)
        // Lanes that ended when it closed may begin again.
        if gate.closure == nil { notify() }
    }
}
