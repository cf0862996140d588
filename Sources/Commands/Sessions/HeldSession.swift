import Storage

/// A session with what else its tokens say, read anew each time: its user, and the licence on which it sits.
struct HeldSession: Sendable {
    let session: Session
    let holder: AccessTokens.Holder
    /// nil when the session has no seat.
    let license: License?

    /// Reads the session; nil when there is none.
    init?(_ id: Session.ID, in tx: Transaction) throws {
        try self.init(tx.together(Self.question(about: id))[0].rows.first)
    }

    /// Changes the session, and reads it as it is then; nil when the change changes no row.
    ///
    /// In PostgreSQL both are one journey.
    init?(_ id: Session.ID, after change: SQLStatement, in tx: Transaction) throws {
        let results = try tx.together(change, Self.question(about: id))
        guard results[0].modified > 0 else { return nil }
        try self.init(results[1].rows.first)
    }

    private static func question(about id: Session.ID) -> SQLStatement {
        SQLStatement(
            """
            SELECT sessions.*, users.role AS holder_role, users.status AS holder_status, \(License.joinedColumns)
            FROM sessions
            JOIN users ON users.id = sessions.user_id LEFT JOIN licenses ON licenses.id = sessions.license_id
            WHERE sessions.id = $1
            """, id)
    }

    private init?(_ row: Row?) throws {
        guard let row else { return nil }
        session = try Session(row: row)
        holder = try AccessTokens.Holder(joined: row)
        license = try License(joined: row)
    }
}

extension AccessTokens.Holder {
    fileprivate init(joined row: Row) throws {
        self.init(
            role: try Role(rawValue: row.string("holder_role")).orUnexpected("holder_role"),
            status: try UserStatus(rawValue: row.string("holder_status")).orUnexpected("holder_status"))
    }
}

extension License {
    fileprivate static let joinedColumns = """
        licenses.id AS held_id, licenses.user_id AS held_user_id, licenses.product_id AS held_product_id,
        licenses.seats AS held_seats, licenses.valid_until AS held_valid_until, licenses.external_ref AS held_external_ref,
        licenses.created_at AS held_created_at, licenses.updated_at AS held_updated_at
        """

    fileprivate init?(joined row: Row) throws {
        guard let id: License.ID = try row.optionalID("held_id") else { return nil }
        self.init(
            id: id, userID: try row.id("held_user_id"), productID: ProductID(text: try row.string("held_product_id")),
            seats: try row.int("held_seats"), validUntil: try row.optionalTimestamp("held_valid_until"),
            externalRef: try row.optionalString("held_external_ref"), createdAt: try row.timestamp("held_created_at"),
            updatedAt: try row.timestamp("held_updated_at"))
    }
}
