package import Cryptography

/// An answer that carries the tokens of a session; the HTTP side also puts the refresh token in a cookie.
package protocol SessionTokens: Encodable, Sendable {
    /// Encoded as the member `refreshToken`.
    var refreshToken: Secret { get }
    /// How long the session lives from now, and so the cookie.
    var cookieLifetime: Duration { get }
}
