import Cryptography
package import Engine
package import JSON
package import Storage

/// Sets a password with the token of a mail link. All sessions of the user end, and all links are spent.
package struct CreatePassword: Command {
    package static let action: Action = "create-password"
    package static let access: Access = .anyone

    package struct Input: Decodable, Sendable {
        let token: Secret
        let password: Secret
        let confirm: Secret
    }

    package struct Prepared: Sendable {
        let token: Secret
        let hash: String
    }

    let database: any Database
    let hasher: PasswordHasher
    let policy: PasswordPolicy
    let links: PasswordLinks
    let mails: Mails

    package func refusals(of payload: JSONValue) -> [CommandFailure] {
        // Nobody should think of a better password for a link that was cut off.
        if let token = payload["token"]?.stringValue.map(Secret.init), !PasswordLinks.hasForm(token) {
            return [Self.unusable(token)]
        }
        return policy.refusals(ofTyped: payload)
    }

    package func limits(on input: Input, call: Call) async throws -> [LimitUse] {
        [LimitUse(.linkUses, key: call.client.network)]
    }

    /// Whoever reads the mailbox is no guesser.
    package func limitsCleared(by email: EmailAddress, for input: Input) -> [LimitUse] {
        [LimitUse(.loginFailuresInARow, key: email.key)]
    }

    package func prepare(_ input: Input, call: Call) async throws -> Prepared {
        let links = links
        let user = try await database.read { tx in
            let link = try Self.liveLink(input.token, links, at: call.now, in: tx)
            return try User.find(link.userID, in: tx).orThrow(Self.unusable(input.token))
        }
        try policy.check(input.password, email: user.email, name: user.name)
        return Prepared(token: input.token, hash: try await hasher.makeHash(input.password))
    }

    /// - Returns: The address of the user whose password it is.
    package func perform(_ prepared: Prepared, in tx: Transaction, call: Call) throws -> EmailAddress {
        let link = try Self.liveLink(prepared.token, links, at: call.now, in: tx)
        // The user first, as in every change that spends links: two that want both rows never wait for each other. The
        // link is spent by one conditional statement: of two at once, one gets a password set.
        guard let user = try User.lock(link.userID, in: tx), try link.spend(at: call.now, in: tx) else {
            throw Self.unusable(prepared.token)
        }
        try NewPassword(hash: prepared.hash, mails: mails).apply(to: user, at: call.now, in: tx)
        return user.email
    }

    package func answer(_ output: EmailAddress, call: Call) -> Success { Success() }

    private static func liveLink(_ token: Secret, _ links: PasswordLinks, at now: Timestamp, in tx: Transaction) throws
        -> PasswordLink
    {
        guard let link = try links.find(token, in: tx), link.isLive(at: now) else { throw unusable(token) }
        return link
    }

    private static func unusable(_ token: Secret) -> CommandFailure {
        .invalidToken(
            PasswordLinks.hasForm(token)
                ? "This link has been used, has expired, or a newer change made it void. Ask for a new one."
                : TokenKind.mismatch(token.unredacted, wanted: TokenKind.link.name))
    }
}
