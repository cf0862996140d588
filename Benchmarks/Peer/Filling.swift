import Cryptography
import Foundation
import Storage

/// Fills the empty database of a new data folder with users, a licence for each, and sessions, as if all had come by the
/// commands within the last year: with the rows of the audit that these wrote, and seats for all who have a right to one.
///
/// One licence in ten has ended: its user's sessions are limited. The sessions of a user lie far apart, as they do when
/// people log in at different times.
struct Filling {
    static let password = "correct horse battery"

    /// The numbers from `$1` to `$2`.
    static let numbers = "numbers (n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $2)"

    let users: Int
    let sessions: Int

    private struct NotEmpty: Error, CustomStringConvertible {
        let description = "There are users in the database. Fill that of a new data folder."
    }

    func run(_ folder: DataFolder.Contents) async throws {
        let now = folder.clock.now()
        let hash = try PasswordHash.make(Array(Self.password.utf8), random: SystemRandom())
        try await folder.database.write { tx in
            if try tx.row("SELECT id FROM users LIMIT 1") != nil { throw NotEmpty() }
            // Whatever is written lies all over the indexes: with less memory each page is written many times.
            _ = try tx.rows("PRAGMA cache_size = -4000000")
            try insert("users", users, in: tx) { try tx.execute(Self.users, $0, $1, now, users, hash) }
            try insert("licences", users, in: tx) { try tx.execute(Self.licenses, $0, $1, now, users, seats) }
            try insert("sessions", sessions, in: tx) { try tx.execute(Self.sessions, $0, $1, now, sessions, users) }
            try insert("rows of the audit", users + sessions, in: tx) {
                try tx.execute(Self.audit, $0, $1, now, users + sessions, (users + sessions) / users)
            }
            say("writing it all to the disk")
        }
    }

    /// As many as its user has sessions.
    private var seats: Int { (sessions + users - 1) / users }

    private func insert(
        _ what: String, _ count: Int, in tx: Transaction, _ rows: (_ first: Int, _ last: Int) throws -> Void
    ) throws {
        let start = ContinuousClock.now
        let step = 250_000
        for first in stride(from: 1, through: count, by: step) {
            let last = min(first + step - 1, count)
            try rows(first, last)
            say("\(last) of \(count) \(what) after \((ContinuousClock.now - start).components.seconds) s")
        }
    }

    private func say(_ line: String) { FileHandle.standardError.write(Data("peer: \(line)\n".utf8)) }
}
