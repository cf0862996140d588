import Cryptography
import Engine
package import JSON
import Storage

/// The answer of commands that return the whole user, with the licence they made or changed, if any.
package struct UserAnswer: JSONRepresentable, Sendable {
    package let user: UserView
    package let license: LicenseView?
    /// Nil when it is not the answer's business: it was mailed.
    var invitation: OrNull<Invitation>?

    /// The members of the user itself, and the others beside them.
    package var json: JSONValue {
        guard var members = user.json.objectValue else { return .null }
        members["license"] = license?.json
        members["invitation"] = invitation.map { $0.wrappedValue?.json ?? .null }
        return .object(members)
    }
}

extension UserAnswer {
    /// A user who was made in this transaction, and so has nothing but that licence.
    static func new(_ user: User, with license: License?) -> UserAnswer {
        let view = license.map { LicenseView($0, seatsUsed: 0) }
        return UserAnswer(
            user: UserView(user, licenses: [view].compactMap(\.self), sessions: [], webhooks: []), license: view)
    }

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
struct Invitation: JSONRepresentable, Sendable {
    let url: Secret
    let expiresAt: Timestamp

    init(_ link: PasswordLink, url: String) {
        self.url = Secret(url)
        expiresAt = link.expiresAt
    }

    var json: JSONValue { ["url": .string(url.unredacted), "expiresAt": .optional(expiresAt)] }
}
