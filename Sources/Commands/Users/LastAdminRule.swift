import Engine
package import Storage

extension User {
    /// Whether there is an administrator already, able to log in or not; a first start has none.
    @Sendable
    package static func hasAdministrator(in tx: Transaction) throws -> Bool {
        try tx.row("SELECT id FROM users WHERE role = 'ADMIN' LIMIT 1") != nil
    }
}

/// There is always an active administrator, or nobody could make another.
enum LastAdminRule {
    /// To be called before `user` stops being an active administrator. Others that would do the same wait.
    ///
    /// - Throws: ``CommandFailure`` `CONFLICT` when there is no other.
    static func check(leaving user: User, in tx: Transaction) throws {
        guard user.role == .admin, user.status == .active else { return }
        try Guard.admins.lock(in: tx)
        let other = try tx.row(
            "SELECT id FROM users WHERE role = 'ADMIN' AND status = 'ACTIVE' AND id <> $1 LIMIT 1", user.id)
        if other == nil {
            throw CommandFailure.conflict(
                "User \(user.id) is the last active administrator. Give another user the role ADMIN first.")
        }
    }
}
