import Commands
import Cryptography
import Storage

/// Refresh tokens of sessions that are live, chosen at random: those that the sessions' devices would send next.
struct TokenChoice {
    let count: Int

    func make(_ folder: DataFolder.Contents) async throws -> [String] {
        let (count, now) = (count, folder.clock.now())
        let tokens = RefreshTokens(keys: folder.keys)
        let chosen = try await folder.database.read { tx in
            try tx.rows(
                """
                SELECT id, nonce, generation FROM sessions WHERE id IN (
                    SELECT id FROM sessions WHERE ended_at IS NULL AND expires_at > $1 ORDER BY random() LIMIT $2)
                """, now, count
            ).map { row in
                tokens.token(
                    of: try row.id("id"), nonce: try row.bytes("nonce"), generation: try row.int64("generation")
                ).unredacted
            }
        }
        return chosen.shuffled()
    }
}
