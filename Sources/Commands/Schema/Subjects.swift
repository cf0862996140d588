import JSON
import Storage

extension Change.Subject {
    static func user(_ id: User.ID) -> Self { Self("user", id.rawValue) }
    static func license(_ id: License.ID) -> Self { Self("license", id.rawValue) }
    static func session(_ id: Session.ID) -> Self { Self("session", id.rawValue) }
    static func webhook(_ id: Webhook.ID) -> Self { Self("webhook", id.rawValue) }
    static func passwordLink(_ id: PasswordLink.ID) -> Self { Self("password-link", id.rawValue) }
}

extension Transaction {
    /// Reports a changed record by the fields that differ; nothing when none does.
    func changed(_ subject: Change.Subject, from old: JSONObject, to new: JSONObject) {
        var (before, after) = (JSONObject(), JSONObject())
        for (key, value) in new where old[key] != value {
            before[key] = old[key] ?? .null
            after[key] = value
        }
        if after.isEmpty {
            touched(subject)
        } else {
            changed(subject, from: .object(before), to: .object(after))
        }
    }
}
