package import Engine
package import Storage

/// One user, with licences, live sessions and live webhook tokens.
package struct GetUser: Command {
    package static let action: Action = "get-user"
    package static let access: Access = [.webhook, .admin]
    package static let isReadOnly = true

    package func perform(_ reference: UserReference, in tx: Transaction, call: Call) throws -> UserView {
        try UserView(reference.find(in: tx), at: call.now, in: tx)
    }
}
