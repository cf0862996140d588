import Logging

extension OutboxWorker {
    func log(_ outcome: MailOutcome, of mail: OutboxMail) {
        var details: Logger.Metadata = ["answer": "\(outcome.text)", "attempt": "\(mail.attempts)"]
        if let code = outcome.code { details["code"] = "\(code)" }
        switch outcome.state {
        case .sent: logger.info("Mail sent", metadata: metadata(mail, details))
        case .failed: logger.error("Mail failed for good", metadata: metadata(mail, details))
        case .expired: logger.warning("Mail given up", metadata: metadata(mail, details))
        case .waiting:
            details["next"] = outcome.dueAt.map { "\($0)" }
            logger.notice("Mail waits for another try", metadata: metadata(mail, details))
        }
    }

    func logGate() {
        guard let closed = gate.closed else {
            logger.notice("Mail goes out again")
            return
        }
        logger.error(
            "Mail is paused, and kept: \(closed.reason)",
            metadata: ["server": "\(transport.place)", "next": "\(closed.until)"])
    }

    /// Never subject, texts or parameters: links are in them.
    func metadata(_ mail: OutboxMail, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        ["mail": "\(mail.id)", "template": "\(mail.template)", "to": "\(mail.to.address)"].merging(more) { $1 }
    }
}
