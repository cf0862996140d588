import Cryptography
package import Engine
package import JSON
import JSONSchema
package import Storage

/// Makes a webhook token for the administrator who asks, and shows it this once.
package struct CreateWebhook: Command {
    package static let action: Action = "create-webhook"
    package static let access: Access = .admin

    package struct Input: Decodable, Sendable {
        let name: String
        let actions: [Action]?
        let expiresIn: Count?
    }

    /// What the transaction made; the token is not in the database, so it comes along.
    package struct Made: Sendable {
        let webhook: Webhook
        let token: Secret
    }

    package struct Answer: Encodable, Sendable {
        package let id: Webhook.ID
        /// A URL for shops that can only call a URL.
        package let webhook: String
        package let token: String
    }

    let random: any RandomSource
    let publicURL: String
    let knownActions: [Action]

    package func refusals(of payload: JSONValue) -> [CommandFailure] {
        (payload["actions"]?.arrayValue ?? []).enumerated().compactMap { index, value in
            guard let name = value.stringValue.map(Action.init(rawValue:)), known(name) == nil else { return nil }
            return unknown(name, at: index)
        }
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Made {
        let actions = try input.actions?.enumerated().map { index, name in
            try known(name).orThrow(unknown(name, at: index))
        }
        let owner = try call.caller.userID.flatMap { try User.lock(User.ID(rawValue: $0), in: tx) }
        guard let owner, owner.role == .admin, owner.status == .active else {
            throw CommandFailure.forbidden("Only an active user with the role ADMIN can own a webhook token.")
        }
        let token = Secret(TokenKind.webhook.prefix + Base64URL.encode(random.bytes(32)))
        let webhook = try Webhook.insert(
            token, user: owner.id, name: input.name, actions: actions,
            expiresAt: input.expiresIn.map { call.now + .seconds($0.value) }, at: call.now, in: tx)
        return Made(webhook: webhook, token: token)
    }

    /// The action of a name, which may be in camelCase as everywhere.
    private func known(_ name: Action) -> Action? {
        knownActions.first { $0.spellings.contains(name) }
    }

    private func unknown(_ name: Action, at index: Int) -> CommandFailure {
        let hint = Suggestion.nearest(to: name.rawValue, among: knownActions.map(\.rawValue))
        return .invalidInput(
            "/actions/\(index)", keyword: "enum",
            "There is no action `\(name.rawValue.prefix(100))`."
                + (hint.map { " Did you mean `\($0)`?" } ?? " `usher commands` lists those that there are."))
    }

    package func answer(_ made: Made, call: Call) -> Answer {
        let token = made.token.unredacted
        return Answer(id: made.webhook.id, webhook: publicURL + "/api/webhook?token=" + token, token: token)
    }
}
