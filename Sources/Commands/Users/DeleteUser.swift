package import Engine
import JSON
package import Storage

/// Removes a user with licences, sessions, webhook tokens and links; a last mail says so, unless silent.
package struct DeleteUser: Command {
    package static let action: Action = "delete-user"
    package static let access: Access = .webhook

    package struct Input: Decodable, Sendable {
        let user: UserReference
        let notify: Flag?

        private enum Key: String, CodingKey { case notify }

        package init(from decoder: any Decoder) throws {
            user = try UserReference(from: decoder)
            notify = try decoder.container(keyedBy: Key.self).decodeIfPresent(Flag.self, forKey: .notify)
        }
    }

    let mails: Mails

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Bool {
        let found = try input.user.find(in: tx)
        let user = try User.lock(found.id, in: tx).orThrow(.notFound("user \(found.id)"))
        try LastAdminRule.check(leaving: user, in: tx)
        try mails.silent(if: input.notify.isSilent).accountDeleted(user, at: call.now, in: tx)
        // Licences, sessions, webhook tokens and links go with it: ON DELETE CASCADE.
        try tx.execute("DELETE FROM users WHERE id = $1", user.id)
        tx.changed(.user(user.id), from: .object(user.fields))
        return true
    }
}
