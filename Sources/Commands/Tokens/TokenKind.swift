/// The kinds of token that this server gives out, told apart by how they begin.
package enum TokenKind: String, CaseIterable, Sendable {
    case refresh = "ush_rt_"
    case link = "ush_pw_"
    case webhook = "ush_wh_"

    package var prefix: String { rawValue }

    var name: String {
        switch self {
        case .refresh: "a refresh token"
        case .link: "a mail link's token"
        case .webhook: "a webhook token"
        }
    }

    /// What `token` looks like, for the message to somebody who mixed them up; never a part of it.
    static func describe(_ token: String) -> String? {
        if let kind = allCases.first(where: { token.hasPrefix($0.prefix) }) { return kind.name }
        return token.hasPrefix("eyJ") ? "an access token" : nil
    }

    /// The sentence for a token that is not what `wanted` says; `place` goes on from there, such as ", in the body".
    static func mismatch(_ token: String, wanted: String, place: String = "") -> String {
        guard !token.isEmpty else { return "No token was sent. This takes \(wanted)\(place)." }
        guard let found = describe(token) else {
            return "That is no token of this server. This takes \(wanted)\(place)."
        }
        return found == wanted
            ? "That is not \(wanted) of this server: it was cut off, or changed."
            : "That is \(found). This takes \(wanted)\(place)."
    }
}
