import Logging

extension OutboxWorker {
    func log(_ outcome: MailOutcome, of mail: OutboxMail) {
        var details: Logger.Metadata = ["answer": "\(outcome.text)", "attempt": "\(mail.attempts)"]
        if let code = outcome.code { details["code"] = "\(code)" }
        switch outcome.state {
        case .settled(.sent): logger.info("Mail sent", metadata: metadata(mail, details))
        case .settled(.failed): logger.error("Mail failed for good", metadata: metadata(mail, details))
        case .settled(.expired): logger.warning("Mail given up", metadata: metadata(mail, details))
        case .settled(.void): logger.info("Mail not needed any more", metadata: metadata(mail, details))
        case .waiting(let time):
            details["next"] = "\(time)"
            logger.notice("Mail waits for another try", metadata: metadata(mail, details))
        }
    }

    func logGate(_ place: String) {
        guard let closure = gate.closure else {
            logger.notice("Mail goes out again", metadata: ["server": "\(place)"])
            return
        }
        logger.error(
            "Mail is paused, and kept: \(closure.trouble.sentence(code: closure.code))",
            metadata: ["server": "\(place)", "answer": "\(closure.text)", "next": "\(closure.until)"])
    }

    /// Never subject, texts or parameters: links are in them.
    func metadata(_ mail: OutboxMail, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        [
            "mail": "\(mail.id)", "messageId": "\(mail.messageID)", "template": "\(mail.template)",
            "to": "\(mail.to.address)",
        ].merging(more) { $1 }
    }
}
