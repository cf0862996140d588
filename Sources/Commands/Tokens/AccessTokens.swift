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
        let header: JSONValue = ["alg": "ES256", "kid": .string(signing.kid), "typ": "at+jwt"]
        let signed = Base64URL.encode(header.serialized()) + "." + Base64URL.encode(payload(claims).serialized())
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
    ///
    /// Algorithm and type are pinned here, not taken from the header; `none`, HS256 and foreign key hints fail.
    func verify(_ token: String, at now: Timestamp) -> (user: User.ID, session: Session.ID)? {
        guard token.utf8.count <= 4096 else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let headerBytes = Base64URL.decode(parts[0]),
            let payloadBytes = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2]),
            let header = try? JSONValue(parsing: headerBytes), header["alg"] == "ES256", header["typ"] == "at+jwt",
            header["crit"] == nil, let kid = header["kid"]?.stringValue, let key = keys.verifyingKey(kid),
            key.isValid(
                signature: signature, for: Array(token.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))),
            let payload = try? JSONValue(parsing: payloadBytes), payload["iss"] == .string(issuer),
            payload["aud"] == .string(audience), let expiry = payload["exp"]?.intValue, now.seconds < expiry,
            let user = payload["userId"]?.intValue, let session = payload["sid"]?.intValue
        else { return nil }
        return (User.ID(rawValue: user), Session.ID(rawValue: session))
    }
}
