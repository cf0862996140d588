package import Engine
package import JSON
package import Storage

/// Makes a user, with a licence if given, and mails an invitation to set a password, or, silent, answers with its link.
///
/// Safe to send twice: with `ifExists: "use"` the user who is there gets the licence, and a licence with the same
/// reference is made once.
package struct CreateUser: Command {
    package static let action: Action = "create-user"
    package static let access: Access = .webhook

    package struct Input: Decodable, Sendable {
        enum IfExists: String, Decodable { case error, use }

        let email: EmailAddress
        let name: String
        let role: Role?
        let locale: LanguageChoice?
        let externalRef: String?
        let license: NewLicense?
        let ifExists: IfExists?
        let notify: Flag?
    }

    let links: PasswordLinks
    let mails: Mails

    package func refusals(of payload: JSONValue) -> [CommandFailure] {
        [
            EmailAddress.refusal(of: payload, "email"),
            ValidUntil.refusal(of: payload["license"]?["validUntil"], at: "/license/validUntil"),
        ].compactMap(\.self)
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> UserAnswer {
        let created = try User.insert(
            email: input.email, name: input.name, role: input.role ?? .owner, locale: input.locale?.tag,
            externalRef: input.externalRef, at: call.now, in: tx)
        let user = try created ?? existing(input, in: tx)
        let known = created == nil ? Set(try License.list(of: user.id, in: tx).map(\.id)) : []
        let license = try input.license?.make(for: user.id, at: call.now, pointer: "/license", in: tx)
        let isNews = created != nil || license.map { !known.contains($0.id) } ?? false
        var answer =
            created == nil
            ? try UserAnswer.withLicense(license?.id, of: user, at: call.now, in: tx)
            : UserAnswer.new(user, with: license)
        if input.notify.isSilent {
            let link = try link(for: user, isRepetition: !isNews, purpose: .setPassword, at: call.now, in: tx)
            answer.invitation = OrNull(wrappedValue: link.map { Invitation($0.link, url: links.url(of: $0.link)) })
        } else if let (link, isNew) = try link(for: user, isRepetition: !isNews, at: call.now, in: tx), isNew {
            try mails.setPassword(link, of: user, at: call.now, in: tx)
        }
        return answer
    }

    /// The user who is there already, if the caller wants that one.
    private func existing(_ input: Input, in tx: Transaction) throws -> User {
        let byReference = try input.externalRef.flatMap { try User.find(externalRef: $0, in: tx) }
        let byEmail = try User.find(input.email, in: tx)
        if let byReference, byReference.id != byEmail?.id {
            throw CommandFailure.conflict(
                "The reference `\(input.externalRef ?? "")` belongs to user \(byReference.id), who has another address.",
                members: ["userId": .id(byReference.id)])
        }
        let found = try byEmail.orThrow(.conflict("The address or the reference is taken."))
        // Held, because an invitation may follow: no change of the user that spends all links can miss it.
        guard let user = try User.lock(found.id, in: tx), user.email == input.email else {
            throw CommandFailure.conflict("User \(found.id) was changed at this moment. Try again.")
        }
        guard input.ifExists == .use else {
            throw CommandFailure.conflict(
                "There is a user \(user.id) with the address \(input.email.text). Send `\"ifExists\": \"use\"` to give "
                    + "that user the licence, or call `create-license` or `update-user` with `\"userId\": \(user.id)`.",
                members: ["userId": .id(user.id)])
        }
        return user
    }

    /// The link of an invitation for somebody who has no password yet; on a mere repetition of a call the one that works
    /// already. Nil for everybody else.
    ///
    /// A link of another `purpose` was asked for by the user, and is nobody else's.
    private func link(
        for user: User, isRepetition: Bool, purpose: PasswordLink.Purpose? = nil, at now: Timestamp, in tx: Transaction
    ) throws -> (link: PasswordLink, isNew: Bool)? {
        guard user.passwordHash == nil, user.status == .active else { return nil }
        if isRepetition, let link = try links.newest(purpose, of: user.id, at: now, in: tx) { return (link, false) }
        return (try links.issue(.setPassword, for: user.id, at: now, in: tx), true)
    }
}
