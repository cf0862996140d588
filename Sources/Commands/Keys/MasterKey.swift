package import Cryptography

/// The key that seals all other keys; it never lies in the database.
package struct MasterKey: Sendable {
    let sealing: SecretBytes

    /// Takes at least 32 random bytes.
    package init(_ bytes: SecretBytes) throws {
        sealing = try HKDF.derive(bytes, info: "usher: keys at rest")
    }
}
