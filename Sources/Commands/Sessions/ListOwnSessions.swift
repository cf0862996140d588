package import Engine
package import Storage

/// The caller's own live sessions.
package struct ListOwnSessions: Command {
    package static let action: Action = "list-own-sessions"
    package static let access: Access = .user
    package static let isReadOnly = true

    package func perform(_ page: PageRequest, in tx: Transaction, call: Call) throws -> Page<SessionView> {
        let views = try SessionView.live(
            of: try call.user(), after: page.firstID(), limit: page.size + 1, at: call.now, in: tx)
        return Page(of: views, size: page.size, id: \.id.rawValue, item: { $0 })
    }
}
