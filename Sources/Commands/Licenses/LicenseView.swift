package import Storage

/// A licence as callers see one.
package struct LicenseView: Encodable, Sendable {
    package let id: License.ID
    package let userId: User.ID
    package let productId: String
    package let seats: Int
    package let seatsUsed: Int
    @OrNull package var validUntil: Timestamp?
    @OrNull package var externalRef: String?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

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
