import Commands
import Cryptography
import Engine
import HTTPTypes
import Logging

/// Finds the caller of a route from the token that came along.
struct RouteAuthentication: Sendable {
    let tokens: TokenServices
    let limits: LimitGate

    /// The user with the access token in `Authorization`.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_TOKEN` or `SESSION_REVOKED`.
    func user(_ exchange: Exchange) async throws -> Caller {
        guard let token = try exchange.bearerToken() else {
            throw CommandFailure.invalidToken(
                "This route takes an access token. Send it as `Authorization: Bearer <access token>`.")
        }
        let caller = try await tokens.accessTokenCaller(token)
        exchange.notes.note(caller)
        return caller
    }

    /// The user with an access token, or the webhook token: for what both may see.
    func userOrWebhook(_ exchange: Exchange) async throws -> Caller {
        let bearer = try exchange.bearerToken()
        let isInQuery = try exchange.queryParameters().contains { $0.name == "token" && !$0.value.isEmpty }
        if isInQuery || bearer?.unredacted.hasPrefix(TokenKind.webhook.prefix) == true {
            return try await webhook(exchange)
        }
        guard bearer != nil else {
            throw CommandFailure.invalidToken(
                "This route takes an access token or a webhook token. Send it as `Authorization: Bearer <token>`.")
        }
        return try await user(exchange)
    }

    /// The webhook token in `Authorization`, or in the query for shops that can only call a URL.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_TOKEN`, also when there are two different ones; `RATE_LIMITED` in its place
    ///   when too many of one network are not valid.
    func webhook(_ exchange: Exchange) async throws -> Caller {
        let network = exchange.client.network
        let caller = try await limits.run(
            [LimitUse(.invalidWebhookTokens, key: network)],
            about: ["requestId": "\(exchange.id)", "network": "\(network)"]
        ) { _ in try await webhookCaller(exchange) }
        exchange.notes.note(caller)
        return caller
    }

    private func webhookCaller(_ exchange: Exchange) async throws -> Caller {
        let sent = try exchange.queryParameters().filter { $0.name == "token" && !$0.value.isEmpty }.map {
            Secret($0.value)
        }
        let candidates = [try exchange.bearerToken()].compactMap { $0 } + sent
        guard let token = candidates.first else {
            throw CommandFailure.invalidToken(
                "This route takes a webhook token. Send it as `Authorization: Bearer <webhook token>`, or as `?token=`."
            )
        }
        guard candidates.allSatisfy({ $0 == token }) else {
            throw CommandFailure.invalidToken(
                "Two different tokens were sent. Send one, in `Authorization` or as `?token=`.")
        }
        return try await tokens.webhookTokenCaller(token)
    }
}

extension Exchange {
    /// The token of `Authorization: Bearer …` (RFC 6750 §2.1); nil without that header.
    func bearerToken() throws(CommandFailure) -> Secret? {
        guard let header = headers[.authorization] else { return nil }
        let scheme = "bearer "
        guard header.utf8.count > scheme.utf8.count, header.prefix(scheme.utf8.count).lowercased() == scheme,
            headers[values: .authorization].count == 1
        else {
            throw .invalidToken("`Authorization` is not understood. Send it once, as `Authorization: Bearer <token>`.")
        }
        return Secret(String(header.dropFirst(scheme.utf8.count).trimmed()))
    }

    /// The pairs of the query, decoded as a form is.
    ///
    /// - Throws: ``CommandFailure`` `INVALID_INPUT`.
    func queryParameters() throws(CommandFailure) -> [FormDecoder.Pair] {
        try FormDecoder.pairs(Array(query.utf8))
    }
}
