import Storage

/// What a session's tokens say beside the session itself, read anew each time: its user, and the licence it sits on.
struct SessionHolding: Sendable {
    let holder: AccessTokens.Holder
    /// nil when the session has no seat.
    let license: License?

    static func question(about id: Session.ID) -> SQLStatement {
        SQLStatement(
            """
            SELECT users.role, users.status, licenses.* FROM sessions
            JOIN users ON users.id = sessions.user_id LEFT JOIN licenses ON licenses.id = sessions.license_id
            WHERE sessions.id = $1
            """, id)
    }

    init(row: Row) throws {
        holder = try AccessTokens.Holder(row: row)
        let licenseID: License.ID? = try row.optionalID("id")
        license = try licenseID.map { _ in try License(row: row) }
    }
}

/// A session as it is now, with what else its tokens say.
struct HeldSession: Sendable {
    let session: Session
    let holding: SessionHolding

    /// Changes the session, and reads it as it is then; nil when the change changes no row.
    ///
    /// In PostgreSQL all of it is one journey.
    init?(_ id: Session.ID, after change: SQLStatement, in tx: Transaction) throws {
        let results = try tx.together(change, Session.question(about: id), SessionHolding.question(about: id))
        guard results[0].modified > 0, let session = results[1].rows.first, let holding = results[2].rows.first else {
            return nil
        }
        self.session = try Session(row: session)
        self.holding = try SessionHolding(row: holding)
    }

    init?(_ session: Session, in tx: Transaction) throws {
        guard let holding = try tx.together(SessionHolding.question(about: session.id))[0].rows.first else {
            return nil
        }
        self.session = session
        self.holding = try SessionHolding(row: holding)
    }
}
