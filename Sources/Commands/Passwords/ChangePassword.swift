import Cryptography
package import Engine
package import JSON
package import Storage

/// Sets a new password for the user who asks and knows the old one. All other sessions end, and all links are spent.
package struct ChangePassword: Command {
    package static let action: Action = "change-password"
    package static let access: Access = .user

    package struct Input: Decodable, Sendable {
        let oldPassword: Secret
        let password: Secret
        let confirm: Secret
    }

    package struct Prepared: Sendable {
        /// The hash that the old password was checked against. When it has changed since, the change fails.
        let checkedHash: String?
        /// The hash of the new password; nil when the old one was wrong.
        let hash: String?
    }

    let database: any Database
    let hasher: PasswordHasher
    let policy: PasswordPolicy
    let mails: Mails

    package func refusals(of payload: JSONValue) -> [CommandFailure] { policy.refusals(ofTyped: payload) }

    /// The old password can be guessed here as at the login. Whoever has an access token does so on a counter of the
    /// session's own, and cannot keep the owner from logging in.
    package func limits(on input: Input, call: Call) async throws -> [LimitUse] {
        let id = try call.user()
        guard let session = call.caller.sessionID,
            let user = try await database.read({ tx in try User.find(id, in: tx) })
        else { return [] }
        return [
            LimitUse(
                .loginFailuresInARow, key: user.email.key, companions: [.session(Session.ID(rawValue: session))])
        ]
    }

    package func prepare(_ input: Input, call: Call) async throws -> Prepared {
        let id = try call.user()
        let user = try await database.read { tx in try User.find(id, in: tx).orThrow(.sessionRevoked) }
        // First what can be mended without the old password: it is hashed for an attempt that can succeed.
        try policy.check(input.password, email: user.email, name: user.name)
        let isRight = try await hasher.check(input.oldPassword, against: user.passwordHash)
        // A wrong one is refused in `perform`, so that it is on record.
        return Prepared(
            checkedHash: user.passwordHash, hash: isRight ? try await hasher.makeHash(input.password) : nil)
    }

    /// - Throws: ``CommandFailure`` `INVALID_CREDENTIALS` when the old password is wrong, or was changed meanwhile: of two
    ///   changes at once, one wins.
    package func perform(_ prepared: Prepared, in tx: Transaction, call: Call) throws -> Success {
        let user = try User.lock(call.user(), in: tx).orThrow(.sessionRevoked)
        guard let hash = prepared.hash, user.passwordHash == prepared.checkedHash else {
            throw Self.wrongOldPassword
        }
        guard user.status == .active, let session = try call.session(in: tx), session.isLive(at: call.now) else {
            throw CommandFailure.sessionRevoked
        }
        try NewPassword(hash: hash, mails: mails, keptSession: session.id).apply(to: user, at: call.now, in: tx)
        return Success()
    }

    private static let wrongOldPassword = CommandFailure(
        .invalidCredentials, "The old password is wrong.",
        fields: [.init(pointer: "/oldPassword", keyword: "const", message: "The old password is wrong.")])
}
