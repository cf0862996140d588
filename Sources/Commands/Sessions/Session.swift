import JSON
package import Storage

/// One login of one user on one device; revocable, and over after a time.
///
/// A class, though nothing of it ever changes: it is handed on several times in each refresh, and a copy of a structure
/// with so many texts counts each of them.
package final class Session: Sendable {
    package typealias ID = RowID<Session>

    /// A place on a licence that this session holds.
    struct Seat: Sendable, Hashable {
        let licenseID: License.ID
        let number: Int
        /// Others may take the seat from this moment on, unless it is renewed.
        let until: Timestamp
        let since: Timestamp
    }

    /// What an UPDATE sets so that a session holds no seat.
    static let seatlessColumns = "license_id = NULL, seat_no = NULL, seat_until = NULL, seated_at = NULL"

    /// Why a session is over.
    enum EndReason: String, Sendable, CaseIterable {
        case logout, replaced, command, reuse, expired
        case userInactive = "user-inactive"
        case passwordChanged = "password-changed"
        case licenseChanged = "license-changed"
        case licenseDeleted = "license-deleted"
        case licenseEnded = "license-ended"
    }

    package let id: ID
    let userID: User.ID
    /// The product asked for at login; nil for any.
    let productID: ProductID?
    let deviceID: String?
    let userAgent: String?
    let host: String?
    let country: String?
    let city: String?
    let region: String?
    let seat: Seat?
    /// Why it holds no seat; nil while it does.
    let limitedReason: LimitedReason?
    /// Part of what the refresh token's MAC covers, so that no token fits another session of the same number.
    let nonce: [UInt8]
    /// The number of the latest refresh token, and of the one that it was given for.
    let generation: Int64
    let previousGeneration: Int64
    let rotatedAt: Timestamp
    let createdAt: Timestamp
    let updatedAt: Timestamp
    let lastUsedAt: Timestamp
    let expiresAt: Timestamp
    let endedAt: Timestamp?

    init(row: Row) throws {
        id = try row.id("id")
        userID = try row.id("user_id")
        productID = try row.optionalString("product_id").map(ProductID.init(text:))
        deviceID = try row.optionalString("device_id")
        userAgent = try row.optionalString("user_agent")
        host = try row.optionalString("host")
        country = try row.optionalString("country")
        city = try row.optionalString("city")
        region = try row.optionalString("region")
        seat = try Self.seat(row)
        limitedReason = try row.optionalString("limited_reason").flatMap(LimitedReason.init(rawValue:))
        nonce = try row.bytes("nonce")
        generation = try row.int64("generation")
        previousGeneration = try row.int64("previous_generation")
        rotatedAt = try row.timestamp("rotated_at")
        createdAt = try row.timestamp("created_at")
        updatedAt = try row.timestamp("updated_at")
        lastUsedAt = try row.timestamp("last_used_at")
        expiresAt = try row.timestamp("expires_at")
        endedAt = try row.optionalTimestamp("ended_at")
    }

    private static func seat(_ row: Row) throws -> Seat? {
        // Deleting a licence clears its id alone (ON DELETE SET NULL): the rest then means nothing.
        guard let license: License.ID = try row.optionalID("license_id") else { return nil }
        return Seat(
            licenseID: license, number: try row.int("seat_no"), until: try row.timestamp("seat_until"),
            since: try row.timestamp("seated_at"))
    }

    func isLive(at now: Timestamp) -> Bool {
        endedAt == nil && now < expiresAt
    }

    /// Whether the licence is for what was asked for at login; its product may have been changed since.
    func isServed(by license: License) -> Bool {
        productID.map { $0 == license.productID } ?? true
    }

    /// Whether it was asked to be limited at login, and so never takes a seat.
    var isLimitedByRequest: Bool { limitedReason == .requested }
}
