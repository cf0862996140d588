import JSON
package import Storage

/// *n* seats of a product for a user, until a moment or without end.
package struct License: Sendable {
    package typealias ID = RowID<License>

    package let id: ID
    let userID: User.ID
    var productID: ProductID
    var seats: Int
    /// The licence is good before this moment; nil is no end.
    var validUntil: Timestamp?
    let externalRef: String?
    let createdAt: Timestamp
    var updatedAt: Timestamp

    func hasEnded(at now: Timestamp) -> Bool {
        validUntil.map { $0 <= now } ?? false
    }

    /// What the audit shows.
    var fields: JSONObject {
        [
            "userId": .id(userID), "productId": .string(productID.text), "seats": .integer(seats),
            "validUntil": .optional(validUntil), "externalRef": .optional(externalRef),
        ]
    }
}

extension License {
    init(row: Row) throws {
        id = try row.id("id")
        userID = try row.id("user_id")
        productID = ProductID(text: try row.string("product_id"))
        seats = try row.int("seats")
        validUntil = try row.optionalTimestamp("valid_until")
        externalRef = try row.optionalString("external_ref")
        createdAt = try row.timestamp("created_at")
        updatedAt = try row.timestamp("updated_at")
    }
}
