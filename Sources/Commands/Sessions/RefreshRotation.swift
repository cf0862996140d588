import Engine
import JSON
import Storage

/// What using a refresh token does to its session's generations.
///
/// The row knows the latest generation and the one that it was given for, the previous. A token's generation *t* is
/// - the latest: rotated;
/// - the previous, within 10 s: two tabs refreshed at once; both get the same successor;
/// - the previous, later, from the same device: the answer was lost. The row skips the successor that nobody has, and
///   the caller gets the next. Should the skipped one turn up, there are two holders;
/// - ahead of the row: the database is older than the token, a restored back-up. The row moves to it;
/// - anything else (older, skipped, or the previous from elsewhere): two holders. Theft: the session ends.
struct RefreshRotation: Sendable {
    static let grace = Duration.seconds(10)

    enum Use {
        /// The session as it is now, and the generation of the token to give.
        case current(HeldSession, generation: Int64)
        /// The session has been ended, its seat freed, the user told.
        case stolen
    }

    let tokens: RefreshTokens
    let seats: SeatPolicy
    let mails: Mails

    /// - Throws: ``CommandFailure`` `INVALID_TOKEN`, which leaves no trace, or `SESSION_REVOKED`.
    func use(_ claim: RefreshTokens.Claim, device: String?, call: Call, in tx: Transaction) throws -> Use {
        // The usual case in one statement: it holds the row and rotates, if the token is the latest.
        if let held = try rotate(claim.session, from: claim.generation, to: claim.generation + 1, call, in: tx) {
            try checkGenuine(claim, held.session)
            return .current(held, generation: held.session.generation)
        }
        let row = try tx.row("UPDATE sessions SET generation = generation WHERE id = $1 RETURNING *", claim.session)
        guard let session = try row.map(Session.init(row:)) else { throw unknown() }
        tx.touched(.session(session.id))
        try checkGenuine(claim, session)
        guard session.isLive(at: call.now) else { throw ended() }
        if claim.generation > session.generation { return try moveAhead(session, to: claim.generation, call, in: tx) }
        guard claim.generation == session.previousGeneration else { return try endStolen(session, call, in: tx) }
        if call.now - session.rotatedAt <= Self.grace {
            return .current(
                try HeldSession(session.id, in: tx).orThrow(.sessionRevoked), generation: session.generation)
        }
        guard isSameDevice(session, device, call.client) else { return try endStolen(session, call, in: tx) }
        return try skip(session, call, in: tx)
    }

    /// Gives the next token after `latest`, if that is the latest and the session lives; renews its seat on the way.
    private func rotate(
        _ id: Session.ID, from latest: Int64, to next: Int64, previous: Int64? = nil, _ call: Call, in tx: Transaction
    ) throws -> HeldSession? {
        let rotation = SQLStatement(
            """
            UPDATE sessions SET generation = $3, previous_generation = $4, rotated_at = $5, last_used_at = $5,
                updated_at = $5, user_agent = $6,
                seat_until = CASE
                    WHEN license_id IS NULL THEN NULL WHEN $7 < expires_at THEN $7 ELSE expires_at END
            WHERE id = $1 AND generation = $2 AND ended_at IS NULL AND expires_at > $5
            """,
            id, latest, next, previous ?? latest, call.now, call.client.userAgent, seats.latestUntil(at: call.now))
        let held = try HeldSession(id, after: rotation, in: tx)
        if held != nil { tx.touched(.session(id)) }
        return held
    }

    private func skip(_ session: Session, _ call: Call, in tx: Transaction) throws -> Use {
        let next = session.generation + 1
        let skipped = try rotate(
            session.id, from: session.generation, to: next, previous: session.previousGeneration, call, in: tx)
        return .current(try skipped.orThrow(.sessionRevoked), generation: next)
    }

    private func moveAhead(_ session: Session, to generation: Int64, _ call: Call, in tx: Transaction) throws -> Use {
        let moved = try rotate(
            session.id, from: session.generation, to: generation + 1, previous: generation, call, in: tx)
        tx.changed(
            .session(session.id), from: ["generation": .number(JSONNumber(session.generation))],
            to: ["generation": .number(JSONNumber(generation)), "reason": "token ahead of the database"])
        return .current(try moved.orThrow(.sessionRevoked), generation: generation + 1)
    }

    private func endStolen(_ session: Session, _ call: Call, in tx: Transaction) throws -> Use {
        try session.end(.reuse, at: call.now, in: tx)
        // The end matters more than the mail: with a full outbox the user is not told, and the audit alone says so.
        if let user = try User.find(session.userID, in: tx), try mails.hasRoom(in: tx) {
            try mails.sessionReused(session, of: user, at: call.now, in: tx)
        }
        return .stolen
    }

    private func isSameDevice(_ session: Session, _ device: String?, _ client: Client) -> Bool {
        if let known = session.deviceID, let device { return known == device }
        return session.userAgent == client.userAgent
    }

    private func checkGenuine(_ claim: RefreshTokens.Claim, _ session: Session) throws {
        if !tokens.isGenuine(claim, for: session) { throw unknown() }
    }

    /// Not on record: the end itself is, and a client that asks again and again must not fill the disk.
    private func ended() -> CommandFailure {
        var failure = CommandFailure.sessionRevoked
        failure.isRecorded = false
        return failure
    }

    /// Not on record: whoever can make up a token's shape must not be able to fill the disk.
    private func unknown() -> CommandFailure {
        var failure = CommandFailure.invalidToken("The refresh token is not one of this server. Log in again.")
        failure.isRecorded = false
        return failure
    }
}
