import Cryptography
package import Engine
package import JSON
package import Storage

/// Changes a user: only what is sent. Deactivation and a new password end all sessions.
package struct UpdateUser: Command {
    package static let action: Action = "update-user"
    package static let access: Access = .webhook

    package struct Input: Decodable, Sendable {
        let userId: User.ID?
        let email: EmailAddress?
        let newEmail: EmailAddress?
        let name: String?
        let role: Role?
        let status: UserStatus?
        let locale: LanguageChoice?
        let password: Secret?
        let notify: Flag?

        /// Who is meant. `email` beside `userId` is the new address, as it was in the replaced system.
        fileprivate var user: UserReference { UserReference(userId: userId, email: userId == nil ? email : nil) }

        fileprivate var addressToSet: EmailAddress? { newEmail ?? (userId == nil ? nil : email) }
    }

    package struct Prepared: Sendable {
        let input: Input
        let address: EmailAddress?
        let hash: String?
    }

    let database: any Database
    let hasher: PasswordHasher
    let policy: PasswordPolicy
    let mails: Mails

    /// A new password, or a status sent on purpose (ACTIVE changes nothing else), lets the user log in again at once.
    package func limitsCleared(by user: UserView, for input: Input) -> [LimitUse] {
        guard input.password != nil || input.status != nil else { return [] }
        return [LimitUse(.loginFailuresInARow, key: EmailAddress(user.email).key)]
    }

    package func refusals(of payload: JSONValue) -> [CommandFailure] {
        var refusals = [EmailAddress.refusal(of: payload, "newEmail")]
        let (email, newEmail) = (payload["email"]?.stringValue, payload["newEmail"]?.stringValue)
        if !(payload["userId"]?.isNull ?? true) {
            refusals.append(EmailAddress.refusal(of: payload, "email"))
            if let email, let newEmail, email != newEmail { refusals.append(Self.twoAddresses) }
        }
        if let password = payload["password"]?.stringValue {
            let identities = [email, newEmail, payload["name"]?.stringValue].compactMap(\.self)
            refusals.append(policy.refusal(of: Secret(password), identities: identities))
        }
        return refusals.compactMap(\.self)
    }

    private static let twoAddresses = CommandFailure.invalidInput(
        "/newEmail", keyword: "const",
        "Beside `userId`, `email` is the new address too, and it differs from `newEmail`. Send one of them.")

    package func prepare(_ input: Input, call: Call) async throws -> Prepared {
        let address = input.addressToSet
        guard let password = input.password else { return Prepared(input: input, address: address, hash: nil) }
        let user = try await database.read { tx in try input.user.find(in: tx) }
        try policy.check(password, email: address ?? user.email, name: input.name ?? user.name)
        return Prepared(input: input, address: address, hash: try await hasher.makeHash(password))
    }

    package func perform(_ prepared: Prepared, in tx: Transaction, call: Call) throws -> UserView {
        let input = prepared.input
        let found = try input.user.find(in: tx)
        let old = try User.lock(found.id, in: tx).orThrow(.notFound("user \(found.id)"))
        var new = old
        if let address = prepared.address { new.email = address }
        if let name = input.name { new.name = name }
        if let role = input.role { new.role = role }
        if let status = input.status { new.status = status }
        if let locale = input.locale { new.locale = locale.tag }
        let mails = mails.silent(if: input.notify.isSilent)
        if new.fields != old.fields { new = try store(new, old: old, mails, at: call.now, in: tx) }
        if let hash = prepared.hash { try NewPassword(hash: hash, mails: mails).apply(to: new, at: call.now, in: tx) }
        return try .load(new.id, at: call.now, in: tx)
    }

    private func store(_ new: User, old: User, _ mails: Mails, at now: Timestamp, in tx: Transaction) throws -> User {
        if new.email != old.email, let other = try User.find(new.email, in: tx) {
            throw CommandFailure.conflict(
                "The address \(new.email.text) belongs to user \(other.id).", members: ["userId": .id(other.id)])
        }
        if new.role != .admin || new.status != .active { try LastAdminRule.check(leaving: old, in: tx) }
        let stored = try new.update(from: old, at: now, in: tx)
        if new.email != old.email || new.status != old.status {
            try PasswordLink.spendAll(of: new.id, at: now, in: tx)
        }
        if new.status == .inactive, old.status == .active {
            try Session.endAll(of: new.id, reason: .userInactive, at: now, in: tx)
        }
        try mails.profileUpdated(from: old, to: stored, at: now, in: tx)
        return stored
    }
}
