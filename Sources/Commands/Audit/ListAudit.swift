package import Engine
package import Storage

/// What was done and refused, oldest first.
package struct ListAudit: Command {
    package static let action: Action = "list-audit"
    package static let access: Access = .admin
    package static let isReadOnly = true

    package struct Input: Decodable, Sendable {
        let page: PageRequest

        package init(from decoder: any Decoder) throws {
            page = try PageRequest(from: decoder)
        }
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Page<AuditEntry> {
        let entries = try AuditLog.list(after: input.page.firstID(), limit: input.page.size + 1, in: tx)
        return Page(of: entries, size: input.page.size, id: \.id, item: { $0 })
    }
}
