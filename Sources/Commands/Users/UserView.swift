import Engine
package import JSON
package import Storage

/// A user as callers see one, with licences, live sessions and live webhook tokens; never a secret.
package struct UserView: JSONRepresentable, Sendable {
    package let id: User.ID
    package let email: String
    package let name: String
    package let role: Role
    package let status: UserStatus
    package let locale: String?
    package let externalRef: String?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    package let licenses: [LicenseView]
    package let sessions: [SessionView]
    package let webhooks: [WebhookView]

    package var json: JSONValue {
        [
            "id": .id(id), "email": .string(email), "name": .string(name), "role": .string(role.rawValue),
            "status": .string(status.rawValue), "locale": .optional(locale), "externalRef": .optional(externalRef),
            "createdAt": .optional(createdAt), "updatedAt": .optional(updatedAt),
            "licenses": .array(licenses.map(\.json)), "sessions": .array(sessions.map(\.json)),
            "webhooks": .array(webhooks.map(\.json)),
        ]
    }

    init(_ user: User, at now: Timestamp, in tx: Transaction) throws {
        self.init(
            user, licenses: try LicenseView.list(of: user.id, at: now, in: tx),
            sessions: try SessionView.live(of: user.id, at: now, in: tx),
            webhooks: try Webhook.live(of: user.id, at: now, in: tx).map(WebhookView.init))
    }

    init(_ user: User, licenses: [LicenseView], sessions: [SessionView], webhooks: [WebhookView]) {
        id = user.id
        email = user.email.text
        name = user.name
        role = user.role
        status = user.status
        locale = user.locale?.text
        externalRef = user.externalRef
        createdAt = user.createdAt
        updatedAt = user.updatedAt
        self.licenses = licenses
        self.sessions = sessions
        self.webhooks = webhooks
    }

    /// The user with that id, which a record of this transaction refers to.
    static func load(_ id: User.ID, at now: Timestamp, in tx: Transaction) throws -> UserView {
        try UserView(User.find(id, in: tx).orThrow(.notFound("user \(id)")), at: now, in: tx)
    }
}
