import Engine
import Storage

/// What a licence to be made is like, as an input gives it.
struct NewLicense: Decodable, Sendable {
    let productId: ProductID?
    let seats: Count?
    let validUntil: ValidUntil
    let externalRef: String?

    /// Makes the licence, or finds the one that was made with the same reference before. `pointer` says where this stands
    /// in the input, such as `/license`.
    ///
    /// - Throws: ``CommandFailure`` `CONFLICT` when the reference belongs to another user's licence.
    func make(for user: User.ID, at now: Timestamp, pointer: String = "", in tx: Transaction) throws -> License {
        let end = try validUntil.timestamp(at: pointer + "/validUntil")
        let made = try License.insert(
            user: user, product: productId ?? .standard, seats: seats?.value ?? 1, validUntil: end,
            externalRef: externalRef, at: now, in: tx)
        if let made { return made }
        let existing = try externalRef.flatMap { try License.find(externalRef: $0, in: tx) }
        guard let existing, existing.userID == user else {
            throw CommandFailure.conflict(
                "The reference `\(externalRef ?? "")` belongs to a licence of another user.",
                members: existing.map { ["licenseId": .id($0.id), "userId": .id($0.userID)] } ?? [:])
        }
        return existing
    }
}
