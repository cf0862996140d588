/// Bytes sealed with AES-256-GCM: nobody without the key can read them, or change or move them unnoticed.
///
/// A box is bound to a context, such as `keys:private:17`, that names its table, column and row. Copied to another row
/// it does not open. The nonce is random, so one key is good for 2³² boxes (NIST SP 800-38D §8.3).
///
/// Format: version byte `1` ‖ 12-byte nonce ‖ ciphertext ‖ 16-byte tag. The context is the additional data.
package enum SealedBox {
    package static let keySize = 32

    static let version: UInt8 = 1

    /// - Throws: ``CryptographyError/invalidKey`` unless the key has 32 bytes.
    package static func seal(
        _ plain: SecretBytes,
        with key: SecretBytes,
        boundTo context: String,
        random: some RandomSource
    ) throws(CryptographyError) -> [UInt8] {
        let nonce = random.bytes(AESGCM.nonceSize)
        let cipher = try AESGCM(key: key, nonce: nonce, additionalData: Array(context.utf8), direction: .seal)
        return try [version] + nonce + cipher.seal(plain.unredacted)
    }

    /// - Throws: ``CryptographyError/cannotOpen`` for a wrong key, context or box,
    ///   ``CryptographyError/unknownBoxVersion(_:)``, ``CryptographyError/invalidKey`` unless the key has 32 bytes.
    package static func open(
        _ box: [UInt8],
        with key: SecretBytes,
        boundTo context: String
    ) throws(CryptographyError) -> SecretBytes {
        guard let version = box.first else { throw .cannotOpen }
        guard version == self.version else { throw .unknownBoxVersion(version) }
        guard box.count >= 1 + AESGCM.nonceSize + AESGCM.tagSize else { throw .cannotOpen }
        let nonce = Array(box[1...AESGCM.nonceSize])
        let cipher = try AESGCM(key: key, nonce: nonce, additionalData: Array(context.utf8), direction: .open)
        return try cipher.open(Array(box.dropFirst(1 + AESGCM.nonceSize)))
    }
}
