import Cryptography
import JSON
import Storage

/// Issues and verifies access tokens: JWTs signed with ES256 (RFC 7519, RFC 7515, RFC 9068's `at+jwt`).
struct AccessTokens: Sendable {
    static let lifetime = Duration.seconds(600)

    let keys: KeyRing
    let issuer: String
    let audience: String
    let random: any RandomSource

    /// What a token says of a session, its user and its seat.
    struct Claims: Sendable {
        let user: User
        let session: Session
        /// The licence on which the session sits; nil when it is limited.
        let license: License?
        let issuedAt: Timestamp
    }

    func token(for claims: Claims) throws -> Secret {
        let signing = keys.currentSigning
        let signed = signing.encodedHeader + "." + Base64URL.encode(payload(claims).serialized())
        return Secret(signed + "." + Base64URL.encode(try signing.key.sign(Array(signed.utf8))))
    }

    private func payload(_ claims: Claims) -> JSONValue {
        let (user, license) = (claims.user, claims.license)
        let issuedAt = claims.issuedAt.seconds
        return [
            "iss": .string(issuer), "aud": .string(audience), "sub": .string(user.id.description),
            "userId": .id(user.id), "sid": .id(claims.session.id), "role": .string(user.role.rawValue),
            "status": .string(user.status.rawValue), "limited": .bool(license == nil),
            "limitedReason": license == nil ? .optional(claims.session.limitedReason?.rawValue) : .null,
            "licenseId": .id(license?.id), "productId": .optional(license?.productID.text),
            "licenseValidUntil": license?.validUntil.map { .number(JSONNumber($0.seconds)) } ?? .null,
            "iat": .number(JSONNumber(issuedAt)),
            "exp": .number(JSONNumber(issuedAt + Self.lifetime.components.seconds)),
            "jti": .string(Base64URL.encode(random.bytes(16))),
        ]
    }

    /// The ids of user and session that a token names; nil for a token that is not ours or has expired.
    func verify(_ token: String, at now: Timestamp) -> (user: User.ID, session: Session.ID)? {
        guard let claims = signedClaims(of: token), claims["iss"] == .string(issuer),
            claims["aud"] == .string(audience),
            let expiry = claims["exp"]?.intValue, now.seconds < expiry,
            let user = claims["userId"]?.intValue, let session = claims["sid"]?.intValue
        else { return nil }
        return (User.ID(rawValue: user), Session.ID(rawValue: session))
    }

    /// The payload of a JWT that carries our signature; nil for every other text.
    ///
    /// Algorithm and type are pinned here, not taken from the header; `none`, HS256 and foreign key hints fail.
    private func signedClaims(of token: String) -> JSONValue? {
        guard token.utf8.count <= 4096 else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.json(parts[0]), header["alg"] == "ES256", header["typ"] == "at+jwt",
            header["crit"] == nil, let key = header["kid"]?.stringValue.flatMap(keys.verifyingKey),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        let signed = Array(token.utf8.dropLast(parts[2].utf8.count + 1))
        return key.isValid(signature: signature, for: signed) ? Self.json(parts[1]) : nil
    }

    private static func json(_ part: Substring) -> JSONValue? {
        Base64URL.decode(part).flatMap { try? JSONValue(parsing: $0) }
    }
}
