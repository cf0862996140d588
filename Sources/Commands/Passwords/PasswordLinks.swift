import Cryptography
import Engine
package import Storage

/// Issues links, derives their tokens, and finds the link that a token belongs to.
package struct PasswordLinks: Sendable {
    package static let resetLifetime = Duration.seconds(30 * 60)

    let keys: KeyRing
    let random: any RandomSource
    let inviteLifetime: Duration
    let publicURL: String

    func issue(_ purpose: PasswordLink.Purpose, for user: User.ID, at now: Timestamp, in tx: Transaction) throws
        -> PasswordLink
    {
        let lifetime = purpose == .setPassword ? inviteLifetime : Self.resetLifetime
        return try PasswordLink.insert(
            purpose, for: user, nonce: random.bytes(16), until: now + lifetime, at: now, in: tx)
    }

    /// The address that a mail, or the command line, shows.
    package func url(of link: PasswordLink) -> String {
        publicURL + "/create-password?token=" + token(of: link).unredacted
    }

    /// The user's newest link that works; of one purpose, if given.
    package func newest(
        _ purpose: PasswordLink.Purpose? = nil, of user: User.ID, at now: Timestamp, in tx: Transaction
    ) throws -> PasswordLink? {
        try PasswordLink.unspent(of: user, in: tx).first { link in
            link.isLive(at: now) && (purpose == nil || link.purpose == purpose)
        }
    }

    private func token(of link: PasswordLink) -> Secret {
        let secrets = keys.currentSecrets
        let token = NumberedToken(
            keyID: secrets.id, numbers: [link.id.rawValue], code: Self.code(secrets.link, link))
        return Secret(token.text(.link))
    }

    /// Whether a text can be the token of a link, this server's or another's.
    static func hasForm(_ text: Secret) -> Bool { NumberedToken(text.unredacted, kind: .link, numbers: 1) != nil }

    /// The link of a token, live or not; nil when the token is not ours.
    func find(_ text: Secret, in tx: Transaction) throws -> PasswordLink? {
        guard let token = NumberedToken(text.unredacted, kind: .link, numbers: 1),
            let secrets = keys.secrets(token.keyID),
            let link = try PasswordLink.find(PasswordLink.ID(rawValue: token.numbers[0]), in: tx),
            constantTimeEquals(Self.code(secrets.link, link), token.code)
        else { return nil }
        return link
    }

    private static func code(_ key: HMACSHA256, _ link: PasswordLink) -> [UInt8] {
        key.authenticate(
            Array("link".utf8), link.id.rawValue.bigEndianBytes, link.userID.rawValue.bigEndianBytes, link.nonce,
            Array(link.purpose.rawValue.utf8))
    }
}
