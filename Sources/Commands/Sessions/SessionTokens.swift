package import Cryptography
package import JSON

/// An answer that carries the tokens of a session; the HTTP side also puts the refresh token in a cookie.
package protocol SessionTokens: Encodable, Sendable {
    /// Also the member `refreshToken`.
    var refreshToken: Secret { get }
    /// How long the session lives from now, and so the cookie.
    var cookieLifetime: Duration { get }
    /// The answer as JSON.
    var members: JSONObject { get throws }
}

extension SessionTokens {
    package func encode(to encoder: any Encoder) throws { try JSONValue.object(members).encode(to: encoder) }
}
