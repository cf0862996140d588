import Engine
import JSON
import Storage

/// What a session to be made is like.
struct NewSession {
    let user: User.ID
    let product: ProductID?
    let device: String?
    let client: Client
    let nonce: [UInt8]
    let lifetime: Duration

    /// Makes the session, not yet seated.
    func insert(at now: Timestamp, in tx: Transaction) throws -> Session {
        let id: Session.ID? = try tx.insert(
            """
            INSERT INTO sessions (user_id, product_id, device_id, user_agent, host, country, city, region, nonce,
                generation, previous_generation, rotated_at, created_at, updated_at, last_used_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 0, $10, $10, $10, $10, $11)
            """,
            user, product, device, client.userAgent, client.host, client.country, client.city, client.region, nonce,
            now, now + lifetime)
        let session = try id.flatMap { try Session.find($0, in: tx) }.orUnexpected("sessions")
        tx.changed(
            .session(session.id),
            to: ["userId": .id(user), "productId": .optional(product?.text), "deviceId": .optional(device)])
        return session
    }
}
