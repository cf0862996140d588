package import Engine
package import Storage

/// Ends the sessions past their lifetime and those still seated on a licence that has ended. Nobody is told.
///
/// Nothing depends on it: it keeps the lists tidy. It works in steps of 1,000 of each kind.
package struct PruneSessions: Command {
    package static let action: Action = "prune-sessions"
    package static let access: Access = .webhook

    package struct Pruned: Encodable, Sendable {
        /// How many sessions ended, in this step and those before.
        package let revoked: Int
        fileprivate let isDone: Bool

        private enum CodingKeys: String, CodingKey { case revoked }
    }

    private static let step = 1_000

    package func prepare(_ input: NoInput, call: Call) -> Pruned { Pruned(revoked: 0, isDone: false) }

    package func perform(_ earlier: Pruned, in tx: Transaction, call: Call) throws -> Pruned {
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
        return Pruned(
            revoked: earlier.revoked + ended, isDone: expired.count < Self.step && onEnded.count < Self.step)
    }

    package func nextStep(after pruned: Pruned) -> Pruned? { pruned.isDone ? nil : pruned }
}
