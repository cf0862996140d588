package import Engine
package import Storage

/// Makes a webhook token useless.
package struct RevokeWebhook: Command {
    package static let action: Action = "revoke-webhook"
    package static let access: Access = .webhook

    package struct Input: Decodable, Sendable {
        let webhookId: Webhook.ID
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> UserView {
        let webhook = try Webhook.find(input.webhookId, in: tx).orThrow(.notFound("webhook \(input.webhookId)"))
        try webhook.revoke(at: call.now, in: tx)
        return try UserView.load(webhook.userID, at: call.now, in: tx)
    }
}
