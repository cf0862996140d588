package import Engine
package import Storage

/// All users, oldest first, a page at a time.
package struct ListUsers: Command {
    package static let action: Action = "list-users"
    package static let access: Access = [.webhook, .admin]
    package static let isReadOnly = true

    package struct Input: Decodable, Sendable {
        let page: PageRequest

        package init(from decoder: any Decoder) throws {
            page = try PageRequest(from: decoder)
        }
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Page<UserView> {
        let users = try User.list(after: input.page.firstID(), limit: input.page.size + 1, in: tx)
        return try Page(of: users, size: input.page.size, id: \.id.rawValue) {
            try UserView($0, at: call.now, in: tx)
        }
    }
}
