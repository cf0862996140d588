import Cryptography
import Engine
import Storage

/// The answer of commands that return the whole user, with the licence they made or changed, if any.
package struct UserAnswer: Encodable, Sendable {
    package let user: UserView
    package let license: LicenseView?
    /// Nil when it is not the answer's business: it was mailed.
    var invitation: OrNull<Invitation>?

    private enum Key: String, CodingKey { case license, invitation }

    /// The members of the user itself, and the others beside them.
    package func encode(to encoder: any Encoder) throws {
        try user.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(license, forKey: .license)
        try container.encodeIfPresent(invitation, forKey: .invitation)
    }
}

extension UserAnswer {
    /// The user as it is now, and one of its licences beside it, if given.
    static func withLicense(_ license: License.ID?, of user: User.ID, at now: Timestamp, in tx: Transaction) throws
        -> UserAnswer
    {
        try withLicense(
            license, of: User.find(user, in: tx).orThrow(.notFound("user \(user)")), at: now, in: tx)
    }

    /// The same for a user that was just read or made in this transaction.
    static func withLicense(_ license: License.ID?, of user: User, at now: Timestamp, in tx: Transaction) throws
        -> UserAnswer
    {
        let view = try UserView(user, at: now, in: tx)
        return UserAnswer(user: view, license: view.licenses.first { $0.id == license })
    }
}

/// The link to set the first password, for a caller who passes it on.
struct Invitation: Encodable, Sendable {
    let url: Secret
    let expiresAt: Timestamp

    init(_ link: PasswordLink, url: String) {
        self.url = Secret(url)
        expiresAt = link.expiresAt
    }

    private enum Key: String, CodingKey { case url, expiresAt }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(url.unredacted, forKey: .url)
        try container.encode(expiresAt, forKey: .expiresAt)
    }
}
