import Engine
package import Storage

extension User {
    /// Whether there is an administrator already, able to log in or not; a first start has none.
    @Sendable
    package static func hasAdministrator(in tx: Transaction) throws -> Bool {
        try tx.row("SELECT id FROM users WHERE role = 'ADMIN' LIMIT 1") != nil
    }
}

/// There is always an active administrator, and once one could log in, one who can: or nobody could make another.
enum LastAdminRule {
    /// To be called before `user` stops being an active administrator. Others that would do the same wait.
    ///
    /// Whoever was invited and has no password yet cannot log in, and may never do so.
    ///
    /// - Throws: ``CommandFailure`` `CONFLICT` when there is no other.
    static func check(leaving user: User, in tx: Transaction) throws {
        guard user.role == .admin, user.status == .active else { return }
        try Guard.admins.lock(in: tx)
        // Those with a password first.
        let other = try tx.row(
            """
            SELECT id, password_hash FROM users WHERE role = 'ADMIN' AND status = 'ACTIVE' AND id <> $1
            ORDER BY password_hash IS NULL, id LIMIT 1
            """, user.id)
        guard let other else {
            throw CommandFailure.conflict(
                "User \(user.id) is the last active administrator. Give another user the role ADMIN first.")
        }
        if user.passwordHash != nil, try other.optionalString("password_hash") == nil {
            throw CommandFailure.conflict(
                "User \(user.id) is the last administrator who can log in: user \(try other.int("id")) has no password "
                    + "yet. Let that user set one first, with the link of the invitation or at `/reset-password`.")
        }
    }
}
