import COpenSSL

/// A private key for ES256: ECDSA on P-256 with SHA-256 (RFC 7518 §3.4). Signs from many threads at once.
@safe
package final class SigningKey: Sendable {
    package let publicKey: VerifyingKey

    private let key: PKey
    /// A context that is ready to sign. Only copies of it are fed, so that nothing ever writes to it.
    private nonisolated(unsafe) let template: OpaquePointer

    package static func generate() throws(CryptographyError) -> SigningKey {
        try SigningKey(P256.generate())
    }

    /// Restores a key from ``scalar``.
    ///
    /// - Throws: ``CryptographyError/invalidKey`` unless it is 32 bytes, not zero and below the order of the curve.
    package convenience init(scalar: SecretBytes) throws(CryptographyError) {
        try self.init(P256.privateKey(scalar: scalar))
    }

    private init(_ key: PKey) throws(CryptographyError) {
        self.key = key
        publicKey = try VerifyingKey(
            x: key.number(OSSL_PKEY_PARAM_EC_PUB_X, size: P256.numberSize),
            y: key.number(OSSL_PKEY_PARAM_EC_PUB_Y, size: P256.numberSize)
        )
        unsafe template = try unwrap(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        try check(
            unsafe EVP_DigestSignInit(template, nil, SHA256.algorithm, nil, key.pointer),
            "EVP_DigestSignInit"
        )
    }

    deinit {
        unsafe EVP_MD_CTX_free(template)
    }

    /// The private scalar: 32 bytes, big-endian; to be stored in a ``SealedBox``.
    package var scalar: SecretBytes {
        get throws(CryptographyError) {
            try SecretBytes(key.number(OSSL_PKEY_PARAM_PRIV_KEY, size: P256.numberSize))
        }
    }

    /// Returns the signature as JWS has it: `r ‖ s`, 64 bytes.
    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let context = try unsafe unwrap(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        defer { unsafe EVP_MD_CTX_free(context) }
        try check(unsafe EVP_MD_CTX_copy_ex(context, template), "EVP_MD_CTX_copy_ex")
        // DER of a P-256 signature: two numbers of up to 33 bytes, 2 bytes before each and before both.
        var length = 72
        var der = [UInt8](repeating: 0, count: length)
        try check(unsafe EVP_DigestSign(context, &der, &length, message, message.count), "EVP_DigestSign")
        return try ECDSASignature.raw(fromDER: Array(der.prefix(length)))
    }
}
