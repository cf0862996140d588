import Engine
package import JSON
package import Storage

/// A webhook token as callers see one; never the token itself.
package struct WebhookView: JSONRepresentable, Sendable {
    package let id: Webhook.ID
    package let userId: User.ID
    package let name: String
    package let actions: [String]?
    package let expiresAt: Timestamp?
    package let lastUsedAt: Timestamp?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    package var json: JSONValue {
        [
            "id": .id(id), "userId": .id(userId), "name": .string(name),
            "actions": actions.map { .array($0.map { .string($0) }) } ?? .null, "expiresAt": .optional(expiresAt),
            "lastUsedAt": .optional(lastUsedAt), "createdAt": .optional(createdAt), "updatedAt": .optional(updatedAt),
        ]
    }

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
