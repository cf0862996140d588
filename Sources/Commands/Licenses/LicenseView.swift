package import JSON
package import Storage

/// A licence as callers see one.
package struct LicenseView: JSONRepresentable, Sendable {
    package let id: License.ID
    package let userId: User.ID
    package let productId: String
    package let seats: Int
    package let seatsUsed: Int
    package let validUntil: Timestamp?
    package let externalRef: String?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    package var json: JSONValue {
        [
            "id": .id(id), "userId": .id(userId), "productId": .string(productId), "seats": .integer(seats),
            "seatsUsed": .integer(seatsUsed), "validUntil": .optional(validUntil),
            "externalRef": .optional(externalRef), "createdAt": .optional(createdAt),
            "updatedAt": .optional(updatedAt),
        ]
    }

    init(_ license: License, seatsUsed: Int) {
        id = license.id
        userId = license.userID
        productId = license.productID.text
        seats = license.seats
        self.seatsUsed = seatsUsed
        validUntil = license.validUntil
        externalRef = license.externalRef
        createdAt = license.createdAt
        updatedAt = license.updatedAt
    }

    static func list(of user: User.ID, at now: Timestamp, in tx: Transaction) throws -> [LicenseView] {
        let licenses = try License.list(of: user, in: tx)
        guard !licenses.isEmpty else { return [] }
        let used = try License.seatsUsed(of: user, at: now, in: tx)
        return licenses.map { LicenseView($0, seatsUsed: used[$0.id] ?? 0) }
    }
}
