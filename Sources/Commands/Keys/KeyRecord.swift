import Cryptography
import Storage

/// A key as it lies in the database: sealed under the master key and bound to its row by its `kid`.
struct KeyRecord: Sendable {
    enum Purpose: String {
        /// An ES256 key that signs access tokens.
        case accessToken = "access-token"
        /// 32 random bytes, from which HMAC keys are derived.
        case secret
    }

    let id: Int64
    let purpose: Purpose
    let kid: String
    private let sealed: [UInt8]

    static func all(in tx: Transaction) throws -> [KeyRecord] {
        try tx.rows("SELECT id, purpose, kid, sealed FROM keys ORDER BY id").map { row in
            KeyRecord(
                id: try row.int64("id"), purpose: try Purpose(rawValue: row.string("purpose")).orUnexpected("purpose"),
                kid: try row.string("kid"), sealed: try row.bytes("sealed"))
        }
    }

    /// Makes the first key of each purpose that has none. Of processes that start at once, on whatever machine, one makes
    /// them, and the others wait for it.
    ///
    /// `masterKey` is asked for the key that opens them, and told whether there is none yet that it has to open.
    ///
    /// - Returns: The master key.
    static func makeMissing(
        masterKey: (_ isNew: Bool) throws -> MasterKey, at now: Timestamp, random: any RandomSource, in tx: Transaction
    ) throws -> MasterKey {
        if try Set(all(in: tx).map(\.purpose)).count == 2 { return try masterKey(false) }
        try Guard.keys.lock(in: tx)
        let existing = try Set(all(in: tx).map(\.purpose))
        let masterKey = try masterKey(existing.isEmpty)
        if !existing.contains(.accessToken) {
            let key = try SigningKey.generate()
            try insert(.accessToken, kid: key.publicKey.thumbprint, key.scalar, masterKey, now, random, in: tx)
        }
        if !existing.contains(.secret) {
            let kid = Base64URL.encode(random.bytes(16))
            try insert(.secret, kid: kid, SecretBytes(random.bytes(32)), masterKey, now, random, in: tx)
        }
        return masterKey
    }

    /// - Throws: ``KeyRingError/wrongMasterKey``.
    func open(with masterKey: MasterKey) throws -> SecretBytes {
        do {
            return try SealedBox.open(sealed, with: masterKey.sealing, boundTo: Self.context(kid))
        } catch CryptographyError.cannotOpen {
            throw KeyRingError.wrongMasterKey
        }
    }

    private static func insert(
        _ purpose: Purpose, kid: String, _ key: SecretBytes, _ masterKey: MasterKey, _ now: Timestamp,
        _ random: any RandomSource, in tx: Transaction
    ) throws {
        let sealed = try SealedBox.seal(key, with: masterKey.sealing, boundTo: context(kid), random: random)
        try tx.execute(
            "INSERT INTO keys (purpose, kid, sealed, created_at) VALUES ($1, $2, $3, $4)",
            purpose.rawValue, kid, sealed, now)
    }

    private static func context(_ kid: String) -> String { "keys:sealed:" + kid }
}
