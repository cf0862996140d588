/// HKDF with SHA-256 (RFC 5869): makes keys for several purposes of one key.
package enum HKDF {
    /// Derives the key for one purpose.
    ///
    /// - Parameters:
    ///   - key: the key to derive from; must have the full strength already, HKDF is not for passwords.
    ///   - info: names the purpose; another info gives a key that has nothing to do with this one.
    ///   - length: how many bytes, at most 8160.
    ///   - salt: may stay empty for keys that are random.
    /// - Returns: the derived key.
    /// - Throws: ``CryptographyError/library(function:reason:)`` if OpenSSL fails.
    package static func derive(
        _ key: SecretBytes,
        info: String,
        length: Int = 32,
        salt: [UInt8] = []
    ) throws(CryptographyError) -> SecretBytes {
        try derive(key, info: Array(info.utf8), length: length, salt: salt)
    }

    static func derive(
        _ key: SecretBytes,
        info: [UInt8],
        length: Int,
        salt: [UInt8]
    ) throws(CryptographyError) -> SecretBytes {
        precondition((1...255 * SHA256Digest.size).contains(length), "HKDF cannot give that many bytes.")
        let extracted = try HMACSHA256(key: SecretBytes(salt)).authenticate(key.unredacted)
        let expand = try HMACSHA256(key: SecretBytes(extracted))
        var block: [UInt8] = []
        var output: [UInt8] = []
        var counter: UInt8 = 0
        while output.count < length {
            counter += 1
            block = expand.authenticate(block, info, [counter])
            output += block
        }
        return SecretBytes(Array(output.prefix(length)))
    }
}
