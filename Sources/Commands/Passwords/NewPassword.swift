import Engine
import Storage

/// What a new password brings with it, however it was set: sessions end, all links are spent, the user is told.
struct NewPassword {
    let hash: String
    let mails: Mails
    /// The session in which the user set it, which lives on; nil when all end.
    var keptSession: Session.ID?

    func apply(to user: User, at now: Timestamp, in tx: Transaction) throws {
        var changed = user
        changed.passwordHash = hash
        let stored = try changed.update(from: user, at: now, in: tx)
        try PasswordLink.spendAll(of: user.id, at: now, in: tx)
        try Session.endAll(of: user.id, keeping: keptSession, reason: .passwordChanged, at: now, in: tx)
        try mails.passwordUpdated(stored, isFirst: user.passwordHash == nil, at: now, in: tx)
    }
}
