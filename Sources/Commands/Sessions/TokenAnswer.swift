import Cryptography
import Storage

/// What login and refresh both answer: a pair of tokens, and whether the session holds a seat.
struct TokenAnswer: Encodable, Sendable {
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

    private enum Key: String, CodingKey {
        case accessToken, refreshToken, expiresIn, limited, limitedReason
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(accessToken.unredacted, forKey: .accessToken)
        try container.encode(refreshToken.unredacted, forKey: .refreshToken)
        try container.encode(AccessTokens.lifetime.components.seconds, forKey: .expiresIn)
        try container.encode(limited, forKey: .limited)
        try container.encode(limitedReason, forKey: .limitedReason)
    }
}
