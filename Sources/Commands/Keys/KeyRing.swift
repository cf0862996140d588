package import Cryptography
package import JSON
package import Storage
import Synchronization

/// The keys that this installation signs and authenticates with, as they are in the database.
///
/// They lie there sealed under the master key, each bound to its row. Every token carries its key's id. What another
/// server of the same database changes is seen by ``renew(from:)``, which is called once a second.
package final class KeyRing: Sendable {
    private let masterKey: MasterKey
    private let current: Mutex<KeySet>

    /// Opens the keys of the database, and makes them first where there are none.
    ///
    /// `masterKey` gives the key that opens them. It is told whether the database has no keys yet, as on a first start, and
    /// is asked while no other process can make any: so of several that start at once on an empty database, one alone is
    /// told so.
    ///
    /// - Throws: ``KeyRingError/wrongMasterKey`` when the master key does not open them; what `masterKey` throws.
    package static func open(
        _ database: any Database, clock: Clock, random: any RandomSource,
        masterKey: @escaping @Sendable (_ isNew: Bool) throws -> MasterKey
    ) async throws -> KeyRing {
        let (rows, masterKey) = try await database.write { tx in
            let key = try KeyRecord.makeMissing(masterKey: masterKey, at: clock.now(), random: random, in: tx)
            return (try KeyRecord.all(in: tx), key)
        }
        return KeyRing(try KeySet(rows, masterKey: masterKey), masterKey)
    }

    /// The same with a master key that is there, whether or not the database has keys.
    package static func open(
        _ database: any Database, masterKey: MasterKey, clock: Clock, random: any RandomSource
    ) async throws -> KeyRing {
        try await open(database, clock: clock, random: random) { _ in masterKey }
    }

    private init(_ keys: KeySet, _ masterKey: MasterKey) {
        self.masterKey = masterKey
        current = Mutex(keys)
    }

    /// Takes up the keys again if others than those that are known are in the database.
    ///
    /// - Returns: Whether there were.
    /// - Throws: ``KeyRingError`` and ``StorageError``; then the known ones stay in use.
    package func renew(from database: any Database) async throws -> Bool {
        let rows = try await database.read(KeyRecord.all)
        guard Set(rows.map(\.id)) != keys.ids else { return false }
        let new = try KeySet(rows, masterKey: masterKey)
        current.withLock { $0 = new }
        return true
    }

    /// Whether the database has no keys yet, as on a first start.
    @Sendable
    package static func isMissing(in tx: Transaction) throws -> Bool { try KeyRecord.all(in: tx).isEmpty }

    /// Sees whether the master key opens the keys that are there.
    ///
    /// - Throws: ``KeyRingError/wrongMasterKey``
    package static func check(_ masterKey: MasterKey, in tx: Transaction) throws {
        for record in try KeyRecord.all(in: tx) { _ = try record.open(with: masterKey) }
    }

    /// The ids of the keys that sign access tokens, as in the JWKS.
    @Sendable
    package static func signingKeyIDs(in tx: Transaction) throws -> [String] {
        try KeyRecord.all(in: tx).filter { $0.purpose == .accessToken }.map(\.kid)
    }

    private var keys: KeySet { current.withLock { $0 } }

    /// The public keys, for everyone who verifies access tokens (RFC 7517 §5).
    package var jwks: JSONValue { keys.jwks }

    var currentSigning: KeySet.Signing { keys.signing[0] }

    var currentSecrets: KeySet.Secrets { keys.secrets[0] }

    func secrets(_ id: UInt32) -> KeySet.Secrets? { keys.secrets.first { $0.id == id } }

    func verifyingKey(_ kid: String) -> VerifyingKey? { keys.signing.first { $0.kid == kid }?.key.publicKey }

    /// A lasting 32-byte key for a purpose of the server's own, such as `form-token`.
    ///
    /// It comes from the oldest secret, so that servers which started before and after another was added agree on it.
    package func key(for purpose: String) throws -> SecretBytes {
        let secrets = keys.secrets
        return try HKDF.derive(secrets[secrets.count - 1].root, info: "usher: purpose " + purpose)
    }
}

/// Why the keys cannot be used.
package enum KeyRingError: Error, CustomStringConvertible {
    case wrongMasterKey
    case noKeys

    package var description: String {
        switch self {
        case .wrongMasterKey:
            "The master key does not open the keys in this database. Give the one that it was made with: "
                + "USHER_MASTER_KEY, or `master.key` in the data folder. Servers that share a database need the same one."
        case .noKeys:
            "The database has no keys."
        }
    }
}
