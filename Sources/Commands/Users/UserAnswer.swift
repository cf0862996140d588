import Storage

/// The answer of commands that return the whole user, with the licence they made or changed, if any.
package struct UserAnswer: Encodable, Sendable {
    package let user: UserView
    package let license: LicenseView?

    init(_ user: UserView, license: LicenseView? = nil) {
        self.user = user
        self.license = license
    }

    private enum Key: String, CodingKey { case license }

    /// The members of the user itself, and `license` beside them.
    package func encode(to encoder: any Encoder) throws {
        try user.encode(to: encoder)
        guard let license else { return }
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(license, forKey: .license)
    }
}

extension UserAnswer {
    /// The user as it is now, and one of its licences beside it.
    static func withLicense(_ license: License.ID, of user: User.ID, at now: Timestamp, in tx: Transaction) throws
        -> UserAnswer
    {
        let view = try UserView.load(user, at: now, in: tx)
        return UserAnswer(view, license: view.licenses.first { $0.id == license })
    }
}
