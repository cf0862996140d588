package import Cryptography
package import JSON
package import Storage

/// The keys that this installation signs and authenticates with, loaded once at the start.
///
/// They lie in the database sealed under the master key, each bound to its row. Every token carries its key's id.
package final class KeyRing: Sendable {
    /// Access tokens are signed with the newest signing key.
    struct Signing: Sendable {
        let kid: String
        let key: SigningKey
        /// The first part of every token that is signed with it (RFC 7515 §4).
        let encodedHeader: [UInt8]

        init(kid: String, key: SigningKey) {
            self.kid = kid
            self.key = key
            let header: JSONValue = ["alg": "ES256", "kid": .string(kid), "typ": "at+jwt"]
            encodedHeader = Array(Base64URL.encode(header.serialized()).utf8)
        }
    }

    /// HMAC keys for what only this server reads back, derived from one secret.
    struct Secrets: Sendable {
        let id: UInt32
        let refresh: HMACSHA256
        let link: HMACSHA256
        let root: SecretBytes

        init(id: Int64, root: SecretBytes) throws {
            self.id = UInt32(truncatingIfNeeded: id)
            self.root = root
            refresh = try HMACSHA256(key: HKDF.derive(root, info: "usher: refresh"))
            link = try HMACSHA256(key: HKDF.derive(root, info: "usher: mail"))
        }
    }

    let signing: [Signing]
    let secrets: [Secrets]
    /// The public keys, for everyone who verifies access tokens (RFC 7517 §5).
    package let jwks: JSONValue

    /// Opens the keys of the database, and makes them first where there are none.
    ///
    /// - Throws: ``KeyRingError/wrongMasterKey`` when the master key does not open them.
    package static func open(
        _ database: any Database, masterKey: MasterKey, clock: Clock, random: any RandomSource
    ) async throws -> KeyRing {
        let rows = try await database.write { tx in
            try KeyRecord.makeMissing(masterKey: masterKey, at: clock.now(), random: random, in: tx)
            return try KeyRecord.all(in: tx)
        }
        return try KeyRing(rows, masterKey: masterKey)
    }

    /// Whether the database has no keys yet, as on a first start.
    package static func isMissing(in database: any Database) async throws -> Bool {
        try await database.read(isMissing)
    }

    @Sendable
    package static func isMissing(in tx: Transaction) throws -> Bool { try KeyRecord.all(in: tx).isEmpty }

    /// Sees whether the master key opens the keys that are there.
    ///
    /// - Throws: ``KeyRingError/wrongMasterKey``
    package static func check(_ masterKey: MasterKey, in tx: Transaction) throws {
        for record in try KeyRecord.all(in: tx) { _ = try record.open(with: masterKey) }
    }

    /// The ids of the keys that sign access tokens, as in the JWKS.
    package static func signingKeyIDs(in tx: Transaction) throws -> [String] {
        try KeyRecord.all(in: tx).filter { $0.purpose == .accessToken }.map(\.kid)
    }

    private init(_ records: [KeyRecord], masterKey: MasterKey) throws {
        let newestFirst = records.sorted { $0.id > $1.id }
        signing = try newestFirst.filter { $0.purpose == .accessToken }.map {
            Signing(kid: $0.kid, key: try SigningKey(scalar: $0.open(with: masterKey)))
        }
        secrets = try newestFirst.filter { $0.purpose == .secret }.map {
            try Secrets(id: $0.id, root: $0.open(with: masterKey))
        }
        guard !signing.isEmpty, !secrets.isEmpty else { throw KeyRingError.noKeys }
        jwks = ["keys": .array(signing.map(\.jwk))]
    }

    var currentSigning: Signing { signing[0] }

    var currentSecrets: Secrets { secrets[0] }

    func secrets(_ id: UInt32) -> Secrets? { secrets.first { $0.id == id } }

    func verifyingKey(_ kid: String) -> VerifyingKey? { signing.first { $0.kid == kid }?.key.publicKey }

    /// A lasting 32-byte key for a purpose of the server's own, such as `form-token`.
    package func key(for purpose: String) throws -> SecretBytes {
        try HKDF.derive(currentSecrets.root, info: "usher: purpose " + purpose)
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
                + "USHER_MASTER_KEY, or `master.key` in the data folder."
        case .noKeys:
            "The database has no keys."
        }
    }
}

extension KeyRing.Signing {
    /// The public half as a JSON Web Key (RFC 7517, RFC 7518 §6.2).
    fileprivate var jwk: JSONValue {
        [
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": .string(kid),
            "x": .string(Base64URL.encode(key.publicKey.x)), "y": .string(Base64URL.encode(key.publicKey.y)),
        ]
    }
}
