import Cryptography
import JSON
import Storage

/// What login and refresh both answer: a pair of tokens, and whether the session holds a seat.
struct TokenAnswer: Sendable {
    let accessToken: Secret
    let refreshToken: Secret
    let limitedReason: LimitedReason?
    let limited: Bool
    let cookieLifetime: Duration

    /// Signs the access token that says `claims`, and makes the session's refresh token of that generation.
    init(_ claims: AccessTokens.Claims, generation: Int64, _ accessTokens: AccessTokens, _ refreshTokens: RefreshTokens)
        throws
    {
        accessToken = try accessTokens.token(for: claims)
        refreshToken = refreshTokens.token(of: claims.session, generation: generation)
        limited = claims.session.seat == nil
        limitedReason = claims.session.limitedReason
        cookieLifetime = claims.session.expiresAt - claims.issuedAt
    }

    var members: JSONObject {
        [
            "accessToken": .string(accessToken.unredacted), "refreshToken": .string(refreshToken.unredacted),
            "expiresIn": .number(JSONNumber(AccessTokens.lifetime.components.seconds)), "limited": .bool(limited),
            "limitedReason": .optional(limitedReason?.rawValue),
        ]
    }
}
