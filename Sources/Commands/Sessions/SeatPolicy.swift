import JSON
import Storage

/// Who sits where: takes seats, frees them, and says until when they are held.
///
/// There is no counting and no check that another transaction could overtake. Whoever gives seats or takes them from
/// others holds the licence's row first, and `UNIQUE (license_id, seat_no)` makes a second holder impossible to store.
/// A session that ends, or gives its own seat up, does so without: others take the seat for held, or for free.
struct SeatPolicy: Sendable {
    /// How long a seat is kept without a refresh; nil for as long as the session lives.
    let idle: Duration?

    /// What came of the wish for a seat.
    enum Outcome {
        case taken(License, Session)
        case none(LimitedReason, Session)
    }

    /// Until when a seat that is taken or renewed now is held, unless its session ends before.
    func latestUntil(at now: Timestamp) -> Timestamp {
        idle.map { now + $0 } ?? Timestamp(milliseconds: .max)
    }

    /// Takes a seat for a session that has none: of the user's licences for its product that have not ended and have a
    /// free seat, the one that ends last, then the lowest id.
    ///
    /// The `preferred` licence, that of a session which this one replaces, is tried first.
    func take(for session: Session, preferring preferred: License.ID? = nil, at now: Timestamp, in tx: Transaction)
        throws -> Outcome
    {
        let current = try lockLicenses(for: session, at: now, in: tx).sorted { left, right in
            if (left.id == preferred) != (right.id == preferred) { return left.id == preferred }
            let (leftEnd, rightEnd) = (left.validUntil?.milliseconds ?? .max, right.validUntil?.milliseconds ?? .max)
            return (rightEnd, left.id) < (leftEnd, right.id)
        }
        guard !current.isEmpty else {
            let hadOne = try License.exists(of: session.userID, for: session.productID, in: tx)
            return try refuse(session, hadOne ? .licenseEnded : .noLicense, at: now, in: tx)
        }
        for license in current {
            try displaceLapsed(from: license.id, at: now, in: tx)
            guard let number = try lowestFreeSeat(of: license.id, in: tx), number <= license.seats else { continue }
            return .taken(license, try seat(session, on: license.id, number, at: now, in: tx))
        }
        return try refuse(session, .noFreeSeat, at: now, in: tx)
    }

    /// Frees the session's seat and says why it is limited from now on; nil when it sits elsewhere by now.
    ///
    /// A refresh does so without the licence's row: it holds the session's, and whoever holds the licence's may be waiting
    /// for that.
    @discardableResult
    func free(_ session: Session, because reason: LimitedReason, at now: Timestamp, in tx: Transaction) throws
        -> Session?
    {
        let row = try tx.row(
            """
            UPDATE sessions SET \(Session.seatlessColumns),
                limited_reason = $2, updated_at = $3
            WHERE id = $1 AND COALESCE(license_id, 0) = COALESCE($4, 0) RETURNING *
            """, session.id, reason.rawValue, now, session.seat?.licenseID)
        guard let row else { return nil }
        reportSeat(of: session.id, from: session.seat?.licenseID, to: nil, reason, in: tx)
        return try Session(row: row)
    }

    /// Keeps those seated longest, as many as the licence has seats, and frees the others' seats.
    ///
    /// The kept ones move into the numbers that the licence still has. The licence's row is held by the caller; the
    /// sessions' are held in order of their ids, those that move too, before any gets its new number.
    func keepLongestSeated(of license: License, at now: Timestamp, in tx: Transaction) throws {
        try displaceLapsed(from: license.id, at: now, in: tx)
        let seated = try tx.rows("SELECT * FROM sessions WHERE license_id = $1 ORDER BY seated_at, id", license.id)
            .map(Session.init(row:))
        let surplus = Set(seated.dropFirst(license.seats).map(\.id))
        var moving: [Session.ID] = []
        for session in seated.sorted(by: { $0.id < $1.id }) {
            if surplus.contains(session.id) {
                try free(session, because: .noFreeSeat, at: now, in: tx)
            } else if (session.seat?.number ?? 0) > license.seats {
                let held = try tx.execute(
                    "UPDATE sessions SET seat_no = seat_no WHERE id = $1 AND license_id = $2", session.id, license.id)
                if held > 0 { moving.append(session.id) }
            }
        }
        for session in moving {
            guard let number = try lowestFreeSeat(of: license.id, in: tx) else { continue }
            try tx.execute("UPDATE sessions SET seat_no = $2 WHERE id = $1", session, number)
            tx.touched(.session(session))
        }
    }

    /// How many seats are free over the user's licences (for a product, if given) that have not ended.
    func remaining(of user: User.ID, for product: ProductID?, at now: Timestamp, in tx: Transaction) throws -> Int {
        let used = try License.seatsUsed(of: user, at: now, in: tx)
        return try License.list(of: user, in: tx)
            .filter { !$0.hasEnded(at: now) && (product == nil || $0.productID == product) }
            .reduce(0) { $0 + max(0, $1.seats - (used[$1.id] ?? 0)) }
    }

    /// Holds the rows of all the user's licences that may serve the session and have not ended; each as it is once it is held.
    private func lockLicenses(for session: Session, at now: Timestamp, in tx: Transaction) throws -> [License] {
        let ids = try License.current(of: session.userID, for: session.productID, at: now, in: tx)
        return try License.lock(ids, in: tx).filter { !$0.hasEnded(at: now) && session.isServed(by: $0) }
    }

    /// Takes the seats of those who did not come back in time; so no sweeper is needed for correctness.
    private func displaceLapsed(from license: License.ID, at now: Timestamp, in tx: Transaction) throws {
        let lapsed = try tx.rows(
            "SELECT id FROM sessions WHERE license_id = $1 AND (seat_until <= $2 OR expires_at <= $2) ORDER BY id",
            license, now)
        for row in lapsed {
            // Once more: it may have come back until its row is held.
            let session: Session.ID = try row.id("id")
            let count = try tx.execute(
                """
                UPDATE sessions SET \(Session.seatlessColumns),
                    limited_reason = $4, updated_at = $3
                WHERE id = $1 AND license_id = $2 AND (seat_until <= $3 OR expires_at <= $3)
                """, session, license, now, LimitedReason.noFreeSeat.rawValue)
            if count > 0 { reportSeat(of: session, from: license, to: nil, .noFreeSeat, in: tx) }
        }
    }

    /// The lowest number that nobody holds; it may be beyond the licence's seats.
    private func lowestFreeSeat(of license: License.ID, in tx: Transaction) throws -> Int? {
        try tx.row(
            """
            SELECT COALESCE(
                (SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE license_id = $1 AND seat_no = 1)),
                (SELECT held.seat_no + 1 FROM sessions AS held
                 WHERE held.license_id = $1 AND NOT EXISTS (
                    SELECT 1 FROM sessions AS next
                    WHERE next.license_id = $1 AND next.seat_no = held.seat_no + 1)
                 ORDER BY held.seat_no LIMIT 1)) AS seat_no
            """, license
        )?.optionalInt("seat_no")
    }

    private func seat(_ session: Session, on license: License.ID, _ number: Int, at now: Timestamp, in tx: Transaction)
        throws -> Session
    {
        let row = try tx.row(
            """
            UPDATE sessions SET license_id = $2, seat_no = $3, seat_until = $4, seated_at = $5, limited_reason = NULL,
                updated_at = $5
            WHERE id = $1 RETURNING *
            """, session.id, license, number, min(latestUntil(at: now), session.expiresAt), now)
        reportSeat(of: session.id, from: nil, to: license, nil, in: tx)
        return try Session(row: row.orUnexpected("sessions"))
    }

    private func refuse(_ session: Session, _ reason: LimitedReason, at now: Timestamp, in tx: Transaction) throws
        -> Outcome
    {
        if session.limitedReason == reason { return .none(reason, session) }
        let row = try tx.row(
            "UPDATE sessions SET limited_reason = $2 WHERE id = $1 RETURNING *", session.id, reason.rawValue)
        tx.touched(.session(session.id))
        return .none(reason, try Session(row: row.orUnexpected("sessions")))
    }

    private func reportSeat(
        of session: Session.ID, from old: License.ID?, to new: License.ID?, _ reason: LimitedReason?, in tx: Transaction
    ) {
        tx.changed(
            .session(session), from: ["licenseId": .id(old)],
            to: ["licenseId": .id(new), "limitedReason": .optional(reason?.rawValue)])
    }
}
