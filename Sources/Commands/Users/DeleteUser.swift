package import Engine
import JSON
package import Storage

/// Removes a user with licences, sessions, webhook tokens and links; a last mail says so.
package struct DeleteUser: Command {
    package static let action: Action = "delete-user"
    package static let access: Access = .webhook

    let mails: Mails

    package func perform(_ reference: UserReference, in tx: Transaction, call: Call) throws -> Bool {
        let found = try reference.find(in: tx)
        let user = try User.lock(found.id, in: tx).orThrow(.notFound("user \(found.id)"))
        try LastAdminRule.check(leaving: user, in: tx)
        try mails.accountDeleted(user, at: call.now, in: tx)
        // Licences, sessions, webhook tokens and links go with it: ON DELETE CASCADE.
        try tx.execute("DELETE FROM users WHERE id = $1", user.id)
        tx.changed(.user(user.id), from: .object(user.fields))
        return true
    }
}
