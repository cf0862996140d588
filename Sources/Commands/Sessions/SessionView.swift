package import JSON
package import Storage

/// A session as callers see one; never a token.
package struct SessionView: JSONRepresentable, Sendable {
    package let id: Session.ID
    package let userId: User.ID
    package let limited: Bool
    package let limitedReason: LimitedReason?
    package let licenseId: License.ID?
    package let productId: String?
    package let deviceId: String?
    package let userAgent: String?
    package let host: String?
    package let country: String?
    package let city: String?
    package let region: String?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    package let lastUsedAt: Timestamp
    package let expiresAt: Timestamp

    package var json: JSONValue {
        [
            "id": .id(id), "userId": .id(userId), "limited": .bool(limited),
            "limitedReason": .optional(limitedReason?.rawValue), "licenseId": .id(licenseId),
            "productId": .optional(productId), "deviceId": .optional(deviceId), "userAgent": .optional(userAgent),
            "host": .optional(host), "country": .optional(country), "city": .optional(city),
            "region": .optional(region), "createdAt": .optional(createdAt), "updatedAt": .optional(updatedAt),
            "lastUsedAt": .optional(lastUsedAt), "expiresAt": .optional(expiresAt),
        ]
    }

    /// `product` is that of the licence on which it sits.
    init(_ session: Session, product: ProductID?, at now: Timestamp) {
        let seat = session.seat.flatMap { $0.until > now ? $0 : nil }
        id = session.id
        userId = session.userID
        limited = seat == nil
        limitedReason = seat == nil ? session.limitedReason ?? .noFreeSeat : nil
        licenseId = seat?.licenseID
        productId = (seat == nil ? nil : product)?.text ?? session.productID?.text
        deviceId = session.deviceID
        userAgent = session.userAgent
        host = session.host
        country = session.country
        city = session.city
        region = session.region
        createdAt = session.createdAt
        updatedAt = session.updatedAt
        lastUsedAt = session.lastUsedAt
        expiresAt = session.expiresAt
    }

    static func load(_ session: Session, at now: Timestamp, in tx: Transaction) throws -> SessionView {
        let license = try session.seat.flatMap { try License.find($0.licenseID, in: tx) }
        return SessionView(session, product: license?.productID, at: now)
    }

    /// The user's live sessions, oldest first.
    static func live(
        of user: User.ID, after cursor: Int64 = 0, limit: Int = .max, at now: Timestamp, in tx: Transaction
    ) throws -> [SessionView] {
        let sessions = try Session.live(of: user, after: cursor, limit: limit, at: now, in: tx)
        guard !sessions.isEmpty else { return [] }
        let licenses = try License.list(of: user, in: tx)
        let products = Dictionary(uniqueKeysWithValues: licenses.map { ($0.id, $0.productID) })
        return sessions.map { session in
            SessionView(session, product: session.seat.flatMap { products[$0.licenseID] }, at: now)
        }
    }
}
