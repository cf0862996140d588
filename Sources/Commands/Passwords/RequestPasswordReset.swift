package import Engine
package import Storage

/// Mails a link to set a new password, if there is an active user with that address.
///
/// Known or not, and asked for too often or not, the answer is the same, and costs one durable commit either way: it tells
/// nobody who has an account.
package struct RequestPasswordReset: Command {
    package static let action: Action = "reset-password"
    package static let access: Access = .anyone

    package struct Input: Decodable, Sendable {
        let email: EmailAddress
    }

    let links: PasswordLinks
    let mails: Mails

    package func limits(on input: Input, call: Call) async throws -> [LimitUse] {
        [LimitUse(.resetRequests, key: call.client.network), LimitUse(.resetMails, key: input.email.key)]
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Success {
        try Guard.reset.lock(in: tx)
        try mails.checkRoom(in: tx)
        // Held while the link is made: a change of the user that spends all links either sees this one, or is seen here.
        guard let found = try User.find(input.email, in: tx), let user = try User.lock(found.id, in: tx),
            user.status == .active, user.email == input.email, !call.isOver(.resetMails)
        else { return Success() }
        let link = try links.issue(.resetPassword, for: user.id, at: call.now, in: tx)
        try mails.resetPassword(link, of: user, at: call.now, in: tx)
        return Success()
    }
}
