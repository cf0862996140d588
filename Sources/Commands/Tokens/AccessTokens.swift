import Cryptography
import JSON
import Storage

/// Issues and verifies access tokens: JWTs signed with ES256 (RFC 7519, RFC 7515, RFC 9068's `at+jwt`).
final class AccessTokens: Sendable {
    static let lifetime = Duration.seconds(600)

    let keys: KeyRing
    let issuer: String
    let audience: String
    let random: any RandomSource

    init(keys: KeyRing, issuer: String, audience: String, random: any RandomSource) {
        self.keys = keys
        self.issuer = issuer
        self.audience = audience
        self.random = random
    }

    /// What a token says of the user.
    struct Holder: Sendable {
        let role: Role
        let status: UserStatus

        init(_ user: User) { self.init(role: user.role, status: user.status) }

        init(role: Role, status: UserStatus) { (self.role, self.status) = (role, status) }
    }

    /// What a token says of a session, its user and its seat.
    struct Claims: Sendable {
        let holder: Holder
        let session: Session
        /// Of the licence on which the session sits; nil when it is limited.
        let licenseID: License.ID?
        let productID: ProductID?
        let licenseValidUntil: Timestamp?
        let issuedAt: Timestamp

        init(_ holder: Holder, session: Session, license: License?, issuedAt: Timestamp) {
            self.holder = holder
            self.session = session
            licenseID = license?.id
            productID = license?.productID
            licenseValidUntil = license?.validUntil
            self.issuedAt = issuedAt
        }
    }

    func token(for claims: Claims) throws -> Secret {
        let signing = keys.currentSigning
        return try SignedToken.make(header: signing.encodedHeader, payload: payload(claims), signedWith: signing.key)
    }

    private func payload(_ claims: Claims) -> [UInt8] {
        let session = claims.session
        let isLimited = claims.licenseID == nil
        let issuedAt = claims.issuedAt.seconds
        var payload = JSONObjectWriter(capacity: 512)
        payload.write("iss", issuer)
        payload.write("aud", audience)
        payload.write("sub", session.userID.description)
        payload.write("userId", session.userID.rawValue)
        payload.write("sid", session.id.rawValue)
        payload.write("role", claims.holder.role.rawValue)
        payload.write("status", claims.holder.status.rawValue)
        payload.write("limited", isLimited)
        payload.write("limitedReason", isLimited ? session.limitedReason?.rawValue : nil)
        payload.write("licenseId", claims.licenseID?.rawValue)
        payload.write("productId", claims.productID?.text)
        payload.write("licenseValidUntil", claims.licenseValidUntil?.seconds)
        payload.write("iat", issuedAt)
        payload.write("exp", issuedAt + Self.lifetime.components.seconds)
        payload.write("jti", Base64URL.encode(random.bytes(16)))
        return payload.finish()
    }

    /// The ids of user and session that a token names; nil for a token that is not ours or has expired.
    func verify(_ token: String, at now: Timestamp) -> (user: User.ID, session: Session.ID)? {
        guard let claims = SignedToken.claims(of: token, key: keys.verifyingKey), claims["iss"] == .string(issuer),
            claims["aud"] == .string(audience),
            let expiry = claims["exp"]?.intValue, now.seconds < expiry,
            let user = claims["userId"]?.intValue, let session = claims["sid"]?.intValue
        else { return nil }
        return (User.ID(rawValue: user), Session.ID(rawValue: session))
    }
}
