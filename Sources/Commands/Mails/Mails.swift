import Engine
import JSON
import Mailer
import Storage

/// The mails that commands cause: each becomes a row of the outbox, in the transaction of its command.
struct Mails: Sendable {
    let outbox: Outbox
    private var isSilent = false

    init(outbox: Outbox) {
        self.outbox = outbox
    }

    /// The same, or, `if` the caller wants so, mails that go nowhere.
    func silent(if isSilent: Bool) -> Mails {
        var mails = self
        mails.isSilent = isSilent
        return mails
    }

    /// An invitation, with the link to set the first password.
    func setPassword(_ link: PasswordLink, of user: User, at now: Timestamp, in tx: Transaction) throws {
        try enqueue("set-password", to: user, ["linkId": .id(link.id)], mailClass: .invitation, at: now, in: tx)
    }

    /// To be called after ``checkRoom(in:)``.
    func resetPassword(_ link: PasswordLink, of user: User, at now: Timestamp, in tx: Transaction) throws {
        try enqueue(
            "reset-password", to: user, ["linkId": .id(link.id)], mailClass: .reset, notAfter: link.expiresAt,
            hasCheckedRoom: true, at: now, in: tx)
    }

    /// `isFirst` when there was none before.
    func passwordUpdated(_ user: User, isFirst: Bool, at now: Timestamp, in tx: Transaction) throws {
        try enqueue("password-updated", to: user, ["isFirst": .bool(isFirst)], at: now, in: tx)
    }

    /// To the old and to the new address, naming only what changed.
    func profileUpdated(from old: User, to new: User, at now: Timestamp, in tx: Transaction) throws {
        let labels = [
            ("email", "address"), ("name", "name"), ("role", "role"), ("status", "status"), ("locale", "locale"),
        ]
        let changes: [JSONValue] = labels.compactMap { field, label in
            guard let after = new.fields[field], after != old.fields[field] else { return nil }
            return ["label": .string(label), "value": after]
        }
        try enqueue("profile-updated", to: new, ["changes": .array(changes)], at: now, in: tx)
        if old.email != new.email {
            try enqueue("profile-updated", to: old, ["changes": .array(changes)], at: now, in: tx)
        }
    }

    func sessionRevoked(_ session: Session, of user: User, at now: Timestamp, in tx: Transaction) throws {
        try enqueue("session-revoked", to: user, Self.device(session), at: now, in: tx)
    }

    func sessionReused(_ session: Session, of user: User, at now: Timestamp, in tx: Transaction) throws {
        try enqueue("session-reused", to: user, Self.device(session), at: now, in: tx)
    }

    func accountDeleted(_ user: User, at now: Timestamp, in tx: Transaction) throws {
        try enqueue("account-deleted", to: user, [:], at: now, in: tx)
    }

    /// What tells a user which of the sessions is meant.
    private static func device(_ session: Session) -> JSONObject {
        [
            "device": .optional(session.deviceID), "userAgent": .optional(session.userAgent),
            "city": .optional(session.city), "country": .optional(session.country),
        ]
    }

    func hasRoom(in tx: Transaction) throws -> Bool { try outbox.hasRoom(in: tx) }

    /// For callers that must not tell by their answer whether they mail.
    ///
    /// - Throws: ``CommandFailure`` `UNAVAILABLE` when the outbox is full.
    func checkRoom(in tx: Transaction) throws {
        if try !hasRoom(in: tx) { throw Self.full(cause: OutboxFull()) }
    }

    private static func full(cause: OutboxFull) -> CommandFailure {
        .unavailable(
            "Too many mails are waiting to be sent. Nothing was changed; try again later.", retryAfter: .seconds(60),
            cause: cause)
    }

    private func enqueue(
        _ template: String, to user: User, _ parameters: JSONObject, mailClass: MailClass = .notification,
        notAfter: Timestamp? = nil, hasCheckedRoom: Bool = false, at now: Timestamp, in tx: Transaction
    ) throws {
        if isSilent { return }
        let draft = MailDraft(
            template: template, to: Mailbox(name: user.name, address: try MailAddress(user.email.text)),
            locale: user.locale?.text ?? "", parameters: .object(parameters), mailClass: mailClass, notAfter: notAfter)
        do {
            _ = try outbox.enqueue(draft, at: now, in: tx, hasCheckedRoom: hasCheckedRoom)
        } catch let error as OutboxFull {
            throw Self.full(cause: error)
        }
    }
}
