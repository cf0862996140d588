package import Engine

/// The commands about webhook tokens.
package struct WebhooksPlugin: CommandPlugin {
    package let name = "webhooks"
    let services: Services

    package var commands: [any Command] {
        [
            CreateWebhook(
                random: services.random, publicURL: services.settings.publicURL, knownActions: services.webhookActions),
            RevokeWebhook(),
        ]
    }
}
