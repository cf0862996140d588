package import Engine

extension RateLimit {
    /// Webhook tokens from one network that are not valid. A right one passes, whatever the neighbours send.
    package static let invalidWebhookTokens = Self(
        "invalid-webhook-tokens", .windows([.init(60, per: .seconds(300))]), counting: .failures([.invalidToken]),
        excess: .isRefusedOnceFailed, complaint: "Too many webhook tokens from your network are not valid.")
}
