import Engine
import JSON
import Storage

/// The user that an input names, by `userId`, by `email`, or by both.
package struct UserReference: Decodable, Sendable {
    let userId: User.ID?
    let email: EmailAddress?

    /// - Throws: ``CommandFailure`` `NOT_FOUND`; `CONFLICT` when id and address name different users.
    func find(in tx: Transaction) throws -> User {
        let byID = try userId.map { try User.find($0, in: tx).orThrow(.notFound("user \($0)")) }
        guard let email else {
            return try byID.orThrow(
                .invalidInput("/userId", keyword: "required", "Name the user by `userId` or `email`."))
        }
        let byEmail = try User.find(email, in: tx)
        if let byID, byID.id != byEmail?.id {
            let owner = byEmail.map { "belongs to user \($0.id)" } ?? "belongs to nobody"
            throw CommandFailure.conflict(
                "`userId` \(byID.id) and `email` name different users: \(email.text) \(owner). Send one of the two.")
        }
        return try byEmail.orThrow(.notFound("user with the address \(email.text)"))
    }
}
