package import Engine
package import Storage

/// Ends the sessions past their lifetime and those still seated on a licence that has ended. Nobody is told.
///
/// Nothing depends on it: it keeps the lists tidy. It works in short steps, so that no request waits long for one.
package struct PruneSessions: Command {
    package static let action: Action = "prune-sessions"
    package static let access: Access = .webhook

    /// How many sessions of each kind, and how many licences, one transaction deals with at most.
    package static let step = 200

    package struct Pruned: Encodable, Sendable {
        /// How many sessions ended, in this step and those before.
        package let revoked: Int
        fileprivate let isDone: Bool

        private enum CodingKeys: String, CodingKey { case revoked }
    }

    package func prepare(_ input: NoInput, call: Call) -> Pruned { Pruned(revoked: 0, isDone: false) }

    package func perform(_ earlier: Pruned, in tx: Transaction, call: Call) throws -> Pruned {
        // One or the other, so that no session is held while a licence is waited for.
        let expired = try Session.endExpired(limit: Self.step, at: call.now, in: tx)
        if expired > 0 { return Pruned(revoked: earlier.revoked + expired, isDone: false) }
        let licenses = try License.endedUnpruned(limit: Self.step, at: call.now, in: tx)
        var seated = 0
        for license in licenses where seated < Self.step {
            seated += try Self.prune(license, limit: Self.step - seated, at: call.now, in: tx)
        }
        return Pruned(
            revoked: earlier.revoked + seated, isDone: seated < Self.step && licenses.count < Self.step)
    }

    package func nextStep(after pruned: Pruned) -> Pruned? { pruned.isDone ? nil : pruned }

    /// Ends the sessions seated on the licence; how many.
    private static func prune(_ license: License.ID, limit: Int, at now: Timestamp, in tx: Transaction) throws -> Int {
        guard try License.markPruned(license, at: now, in: tx) else { return 0 }
        let count = try Session.endAll(seatedOn: license, limit: limit, reason: .licenseEnded, at: now, in: tx)
        // It may have more, which are for the next step.
        if count == limit { try License.unmarkPruned(license, in: tx) }
        return count
    }
}
