package import Engine
package import Storage

/// What was done and refused, oldest first.
package struct ListAudit: Command {
    package static let action: Action = "list-audit"
    package static let access: Access = .admin
    package static let isReadOnly = true

    package func perform(_ page: PageRequest, in tx: Transaction, call: Call) throws -> Page<AuditEntry> {
        let entries = try AuditLog.list(after: page.firstID(), limit: page.size + 1, in: tx)
        return Page(of: entries, size: page.size, id: \.id, item: { $0 })
    }
}
