import JSON
import Storage

extension Session {
    /// Ends the session and frees its seat; false when it had ended before.
    @discardableResult
    func end(_ reason: EndReason, at now: Timestamp, in tx: Transaction) throws -> Bool {
        let count = try tx.execute(
            """
            UPDATE sessions SET ended_at = $2, end_reason = $3, updated_at = $2,
                \(Session.seatlessColumns)
            WHERE id = $1 AND ended_at IS NULL
            """, id, now, reason.rawValue)
        guard count > 0 else { return false }
        tx.changed(
            .session(id), from: ["licenseId": .id(seat?.licenseID), "endedAt": .null],
            to: ["licenseId": .null, "endedAt": .string(now.description), "reason": .string(reason.rawValue)])
        return true
    }

    /// Ends those of the sessions that are live; how many.
    @discardableResult
    static func endAll(_ sessions: [Session], reason: EndReason, at now: Timestamp, in tx: Transaction) throws -> Int {
        // In order of their ids, as everywhere, so that two such transactions never wait for each other.
        try sessions.sorted { $0.id < $1.id }.reduce(0) { count, session in
            try count + (session.end(reason, at: now, in: tx) ? 1 : 0)
        }
    }

    /// Ends the user's sessions without a seat beyond the 1,000 used last: somebody who logs in without end must not make
    /// every look at the user slow.
    static func endSurplus(of user: User.ID, at now: Timestamp, in tx: Transaction) throws {
        let surplus = try tx.rows(
            """
            SELECT * FROM sessions WHERE user_id = $1 AND ended_at IS NULL AND license_id IS NULL
            ORDER BY last_used_at DESC, id DESC LIMIT 100 OFFSET 1000
            """, user
        ).map(Session.init(row:))
        try endAll(surplus, reason: .replaced, at: now, in: tx)
    }

    /// Ends all sessions of a user that have not been ended, but for the one to keep; how many.
    @discardableResult
    static func endAll(
        of user: User.ID, keeping kept: Session.ID? = nil, reason: EndReason, at now: Timestamp, in tx: Transaction
    ) throws -> Int {
        let sessions = try tx.rows("SELECT * FROM sessions WHERE user_id = $1 AND ended_at IS NULL ORDER BY id", user)
            .map(Session.init(row:))
        return try endAll(sessions.filter { $0.id != kept }, reason: reason, at: now, in: tx)
    }

    /// Ends sessions past their lifetime, those that have been so for longest first; how many.
    static func endExpired(limit: Int, at now: Timestamp, in tx: Transaction) throws -> Int {
        let sessions = try tx.rows(
            "SELECT * FROM sessions WHERE ended_at IS NULL AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
            now, limit
        ).map(Session.init(row:))
        return try endAll(sessions, reason: .expired, at: now, in: tx)
    }

    /// Ends the sessions that hold a seat of a licence; how many.
    @discardableResult
    static func endAll(
        seatedOn license: License.ID, limit: Int = .max, reason: EndReason, at now: Timestamp, in tx: Transaction
    ) throws -> Int {
        let sessions = try tx.rows(
            "SELECT * FROM sessions WHERE license_id = $1 ORDER BY seat_no LIMIT $2", license, limit
        ).map(Session.init(row:))
        return try endAll(sessions, reason: reason, at: now, in: tx)
    }
}
