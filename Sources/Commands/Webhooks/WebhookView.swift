import Engine
package import Storage

/// A webhook token as callers see one; never the token itself.
package struct WebhookView: Encodable, Sendable {
    package let id: Webhook.ID
    package let userId: User.ID
    package let name: String
    @OrNull package var actions: [String]?
    @OrNull package var expiresAt: Timestamp?
    @OrNull package var lastUsedAt: Timestamp?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    init(_ webhook: Webhook) {
        id = webhook.id
        userId = webhook.userID
        name = webhook.name
        actions = webhook.actions.map { $0.map(\.rawValue) }
        expiresAt = webhook.expiresAt
        lastUsedAt = webhook.lastUsedAt
        createdAt = webhook.createdAt
        updatedAt = webhook.updatedAt
    }
}
