package import Engine
package import Storage

/// Ends the sessions past their lifetime and those still seated on a licence that has ended. Nobody is told.
///
/// It works in steps of 1,000 and can be cut off and repeated. Nothing depends on it: it keeps the lists tidy.
package struct PruneSessions: Command {
    package static let action: Action = "prune-sessions"
    package static let access: Access = .webhook

    package struct Pruned: SteppedOutput, Encodable {
        package let revoked: Int
        package let hasMore: Bool

        private enum CodingKeys: String, CodingKey { case revoked }

        package func adding(_ earlier: Pruned) -> Pruned {
            Pruned(revoked: revoked + earlier.revoked, hasMore: hasMore)
        }
    }

    private static let step = 1_000

    package func perform(_ input: NoInput, in tx: Transaction, call: Call) throws -> Pruned {
        let expired = try tx.rows(
            "SELECT * FROM sessions WHERE ended_at IS NULL AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
            call.now, Self.step
        ).map(Session.init(row:))
        let onEnded = try tx.rows(
            """
            SELECT sessions.* FROM licenses JOIN sessions ON sessions.license_id = licenses.id
            WHERE licenses.valid_until <= $1 AND sessions.expires_at > $1 LIMIT $2
            """, call.now, Self.step
        ).map(Session.init(row:))
        let ended =
            try Session.endAll(expired, reason: .expired, at: call.now, in: tx)
            + Session.endAll(onEnded, reason: .licenseEnded, at: call.now, in: tx)
        return Pruned(revoked: ended, hasMore: max(expired.count, onEnded.count) == Self.step)
    }
}
