package import Cryptography
import Storage

/// Whether a mail link works, for the page that it opens.
package enum PasswordLinkState: Sendable {
    case live, spent, expired, unknown
}

/// Looks at links without spending them: mail scanners open every link.
package struct PasswordLinkInspector: Sendable {
    let database: any Database
    let clock: Clock
    let links: PasswordLinks

    package func state(of token: Secret) async throws -> PasswordLinkState {
        let (now, links) = (clock.now(), links)
        return try await database.read { tx in
            guard let link = try links.find(token, in: tx) else { return .unknown }
            if link.spentAt != nil { return .spent }
            return link.isLive(at: now) ? .live : .expired
        }
    }
}
