package import Cryptography
import Storage

/// Whether a mail link works, for the page that it opens.
package enum PasswordLinkState: Sendable, Equatable {
    case live(Owner)
    case spent, expired, unknown

    /// Whose password a link sets: a new one must be neither, and a password manager keeps it under the address.
    package struct Owner: Sendable, Equatable {
        package let email: String
        package let name: String

        package init(email: String, name: String) {
            self.email = email
            self.name = name
        }
    }
}

/// Looks at links without spending them: mail scanners open every link.
package struct PasswordLinkInspector: Sendable {
    let database: any Database
    let clock: Clock
    let links: PasswordLinks

    package func state(of token: Secret) async throws -> PasswordLinkState {
        let (now, links) = (clock.now(), links)
        return try await database.read { tx in
            guard let link = try links.find(token, in: tx), let user = try User.find(link.userID, in: tx) else {
                return .unknown
            }
            if link.spentAt != nil { return .spent }
            return link.isLive(at: now) ? .live(.init(email: user.email.text, name: user.name)) : .expired
        }
    }
}
