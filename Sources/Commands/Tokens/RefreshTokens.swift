package import Cryptography
import Storage

/// Makes and checks refresh tokens: `ush_rt_` and the session's number and generation under an HMAC.
///
/// None is stored. The n-th token of a session is the same whenever it is made, so two tabs that refresh at once get
/// one successor.
package struct RefreshTokens: Sendable {
    let keys: KeyRing

    package init(keys: KeyRing) {
        self.keys = keys
    }

    /// What a token says it is, before its HMAC is checked.
    struct Claim: Sendable {
        fileprivate let token: NumberedToken

        var session: Session.ID { Session.ID(rawValue: token.numbers[0]) }
        var generation: Int64 { token.numbers[1] }
    }

    func token(of session: Session, generation: Int64) -> Secret {
        token(of: session.id, nonce: session.nonce, generation: generation)
    }

    /// The token of a session's row.
    package func token(of session: Session.ID, nonce: [UInt8], generation: Int64) -> Secret {
        let secrets = keys.currentSecrets
        let code = Self.code(secrets.refresh, session, nonce, generation)
        let token = NumberedToken(keyID: secrets.id, numbers: [session.rawValue, generation], code: code)
        return Secret(token.text(.refresh))
    }

    /// Nil for what cannot be a refresh token of ours.
    func claim(_ text: Secret) -> Claim? {
        NumberedToken(text.unredacted, kind: .refresh, numbers: 2).map(Claim.init(token:))
    }

    /// Whether we made the token for this session.
    func isGenuine(_ claim: Claim, for session: Session) -> Bool {
        guard claim.session == session.id, let secrets = keys.secrets(claim.token.keyID) else { return false }
        let code = Self.code(secrets.refresh, session.id, session.nonce, claim.generation)
        return constantTimeEquals(code, claim.token.code)
    }

    private static func code(_ key: HMACSHA256, _ session: Session.ID, _ nonce: [UInt8], _ generation: Int64) -> [UInt8]
    {
        key.authenticate(
            Array("refresh".utf8), session.rawValue.bigEndianBytes, nonce, generation.bigEndianBytes)
    }
}
