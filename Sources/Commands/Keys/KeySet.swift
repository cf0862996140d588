import Cryptography
import JSON

/// The keys of the database at one moment, opened.
final class KeySet: Sendable {
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

    /// HMAC keys for what only Usher reads back, derived from one secret.
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

    /// Those of the rows that these keys are from.
    let ids: Set<Int64>
    /// Newest first; never empty.
    let signing: [Signing]
    /// Newest first; never empty.
    let secrets: [Secrets]
    let jwks: JSONValue

    init(_ records: [KeyRecord], masterKey: MasterKey) throws {
        let newestFirst = records.sorted { $0.id > $1.id }
        ids = Set(records.map(\.id))
        signing = try newestFirst.filter { $0.purpose == .accessToken }.map {
            Signing(kid: $0.kid, key: try SigningKey(scalar: $0.open(with: masterKey)))
        }
        secrets = try newestFirst.filter { $0.purpose == .secret }.map {
            try Secrets(id: $0.id, root: $0.open(with: masterKey))
        }
        guard !signing.isEmpty, !secrets.isEmpty else { throw KeyRingError.noKeys }
        jwks = ["keys": .array(signing.map(\.jwk))]
    }
}

extension KeySet.Signing {
    /// The public half as a JSON Web Key (RFC 7517, RFC 7518 §6.2).
    fileprivate var jwk: JSONValue {
        [
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": .string(kid),
            "x": .string(Base64URL.encode(key.publicKey.x)), "y": .string(Base64URL.encode(key.publicKey.y)),
        ]
    }
}
