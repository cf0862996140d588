import Cryptography
package import Engine
package import Storage

/// Ends the session of a refresh token, the latest or an earlier one, and frees its seat at once.
///
/// Any other token gets the same answer: whoever logs out is logged out.
package struct Logout: Command {
    package static let action: Action = "logout"
    package static let access: Access = .anyone
    package static let storesNoInput = true

    package struct Input: Decodable, Sendable {
        let refreshToken: Secret?

        private enum Key: String, CodingKey { case refreshToken }

        /// What is no text is no token of ours, and like every other such token it changes nothing.
        package init(from decoder: any Decoder) throws {
            refreshToken = try? decoder.container(keyedBy: Key.self).decodeIfPresent(Secret.self, forKey: .refreshToken)
        }
    }

    let refreshTokens: RefreshTokens

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Success {
        if let claim = input.refreshToken.flatMap(refreshTokens.claim),
            let session = try Session.find(claim.session, in: tx), refreshTokens.isGenuine(claim, for: session)
        {
            try session.end(.logout, at: call.now, in: tx)
        }
        return Success()
    }
}
