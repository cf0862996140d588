import JSON
public import Storage

/// The table of what was done and refused; rows are added, never changed, and deleted only for their age.
public enum AuditLog {
    public static let migration = Migration("2026-11-23-audit") { types in [table(types)] }

    private static func table(_ types: ColumnTypes) -> String {
        """
        CREATE TABLE audit (
            id \(types.id),
            at BIGINT NOT NULL,
            action \(types.text) NOT NULL,
            outcome \(types.text) NOT NULL CHECK (outcome IN ('done', 'refused')),
            code \(types.text),
            caller_kind \(types.text) NOT NULL,
            caller_id BIGINT,
            caller_user_id BIGINT,
            request_id \(types.text) NOT NULL,
            client_address \(types.text),
            user_agent \(types.text),
            changes \(types.text) NOT NULL
        )
        """
    }

    /// What is about to be written: a call, how it ended, and what it changed.
    struct Draft {
        let call: Call
        let refusal: CommandFailure?
        let changes: [Change]

        static func done(_ call: Call, changes: [Change]) -> Draft {
            Draft(call: call, refusal: nil, changes: changes)
        }

        static func refused(_ call: Call, _ refusal: CommandFailure, changes: [Change]) -> Draft {
            Draft(call: call, refusal: refusal, changes: changes)
        }
    }

    /// Puts on record what the server did by itself: all that `tx` reported so far, which is the transaction that does it.
    /// With a `refusal` it is what the server did not do, and why.
    ///
    /// `id` stands where a request's id does, and leads to the lines in the log.
    public static func append(
        bySystem action: Action, refusal: CommandFailure? = nil, id: String, at now: Timestamp, in tx: Transaction
    ) throws {
        let call = Call(id: id, action: action, caller: .system, client: Client(), now: now)
        try append(Draft(call: call, refusal: refusal, changes: tx.changes), in: tx)
    }

    static func append(_ draft: Draft, in tx: Transaction) throws {
        let (call, caller) = (draft.call, draft.call.caller)
        try tx.execute(
            """
            INSERT INTO audit (at, action, outcome, code, caller_kind, caller_id, caller_user_id, request_id,
                client_address, user_agent, changes)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            call.now, call.action.rawValue, (draft.refusal == nil ? AuditEntry.Outcome.done : .refused).rawValue,
            draft.refusal?.code.rawValue, caller.kind, caller.id, caller.userID, call.id,
            call.client.address, call.client.userAgent,
            JSONValue.array(draft.changes.map(\.json)).text)
    }

    /// The entries after the one with the id `cursor`, oldest first, at most `limit`.
    public static func list(after cursor: Int64, limit: Int, in tx: Transaction) throws -> [AuditEntry] {
        try tx.rows("SELECT * FROM audit WHERE id > $1 ORDER BY id LIMIT $2", cursor, limit).map { row in
            AuditEntry(
                id: try row.int64("id"), at: try row.timestamp("at"), action: try row.string("action"),
                outcome: try AuditEntry.Outcome(row: row),
                code: try row.optionalString("code"), callerKind: try row.string("caller_kind"),
                callerID: try row.optionalInt64("caller_id"), callerUserID: try row.optionalInt64("caller_user_id"),
                requestID: try row.string("request_id"), clientAddress: try row.optionalString("client_address"),
                userAgent: try row.optionalString("user_agent"),
                changes: try JSONValue(parsing: try row.string("changes")))
        }
    }
}

extension Change {
    fileprivate var json: JSONValue {
        [
            "kind": .string(subject.kind), "id": .number(JSONNumber(subject.id)), "from": from ?? .null,
            "to": to ?? .null,
        ]
    }
}

extension AuditEntry.Outcome {
    fileprivate init(row: Row) throws {
        guard let outcome = Self(rawValue: try row.string("outcome")) else {
            throw StorageError.unexpectedColumn("outcome")
        }
        self = outcome
    }
}
