import Commands
import JSON
import Mailer
import Storage

extension MailStatus {
    /// As everybody may see it: a server's own words and name are in the log.
    var json: JSONValue {
        [
            "state": pause == nil ? "ok" : "paused", "waiting": .integer(waiting),
            "oldest": .optional(oldest?.description),
            "reason": .optional(pause.map { $0.trouble.sentence(code: $0.code) }),
            "nextTryAt": .optional(pause?.until.description),
        ]
    }
}
