package import Engine
package import Storage

/// One user, with licences, live sessions and live webhook tokens.
package struct GetUser: Command {
    package static let action: Action = "get-user"
    package static let access: Access = [.webhook, .admin]
    package static let isReadOnly = true

    package struct Input: Decodable, Sendable {
        let user: UserReference

        package init(from decoder: any Decoder) throws {
            user = try UserReference(from: decoder)
        }
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> UserView {
        try UserView(input.user.find(in: tx), at: call.now, in: tx)
    }
}
