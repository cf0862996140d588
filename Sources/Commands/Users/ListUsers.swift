package import Engine
package import Storage

/// All users, oldest first, a page at a time.
package struct ListUsers: Command {
    package static let action: Action = "list-users"
    package static let access: Access = [.webhook, .admin]
    package static let isReadOnly = true

    package func perform(_ page: PageRequest, in tx: Transaction, call: Call) throws -> Page<UserView> {
        let users = try User.list(after: page.firstID(), limit: page.size + 1, in: tx)
        return try Page(of: users, size: page.size, id: \.id.rawValue) {
            try UserView($0, at: call.now, in: tx)
        }
    }
}
