import COpenSSL

/// The curve of ES256 (FIPS 186-5, there "P-256"), and the DER around its bare numbers.
///
/// OpenSSL takes keys as DER; with this curve everything but the numbers stays the same, so that no DER writer is
/// needed.
enum P256 {
    static let numberSize = 32

    /// Makes a new key pair with the random generator of OpenSSL.
    static func generate() throws(CryptographyError) -> PKey {
        let context = try unsafe unwrap(EVP_PKEY_CTX_new_from_name(nil, "EC", nil), "EVP_PKEY_CTX_new_from_name")
        defer { unsafe EVP_PKEY_CTX_free(context) }
        try check(unsafe EVP_PKEY_keygen_init(context), "EVP_PKEY_keygen_init")
        try check(unsafe EVP_PKEY_CTX_set_group_name(context, "P-256"), "EVP_PKEY_CTX_set_group_name")
        var key: OpaquePointer?
        try check(unsafe EVP_PKEY_generate(context, &key), "EVP_PKEY_generate")
        return try unsafe PKey(taking: unwrap(key, "EVP_PKEY_generate"))
    }

    /// The key pair of a private scalar; OpenSSL works out the public point.
    static func privateKey(scalar: SecretBytes) throws(CryptographyError) -> PKey {
        guard scalar.count == numberSize else { throw .invalidKey }
        // ECPrivateKey of RFC 5915 without its optional public key.
        let head: [UInt8] = [0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20]
        let tail: [UInt8] = [0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]
        let der = SecretBytes(head + scalar.unredacted + tail)
        let decoded = unsafe der.withUnsafeBytes { der in
            var position = unsafe der.assumingMemoryBound(to: UInt8.self).baseAddress
            return unsafe d2i_PrivateKey(usher_evp_pkey_ec(), nil, &position, der.count)
        }
        let key = try unsafe PKey(decoded)
        try key.checkPrivatePart()
        return key
    }

    /// The public key of a point, big-endian coordinates. OpenSSL refuses a point that is not on the curve.
    static func publicKey(x: [UInt8], y: [UInt8]) throws(CryptographyError) -> PKey {
        guard x.count == numberSize, y.count == numberSize else { throw .invalidKey }
        // SubjectPublicKeyInfo of RFC 5480; the last byte says that both coordinates follow.
        let head: [UInt8] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ]
        let der = head + x + y
        let decoded = unsafe der.withUnsafeBufferPointer { der in
            var position = der.baseAddress
            return unsafe d2i_PUBKEY(nil, &position, der.count)
        }
        return try unsafe PKey(decoded)
    }
}

extension PKey {
    /// Takes over what a decoder made; nil means that the bytes were no key.
    fileprivate convenience init(_ decoded: OpaquePointer?) throws(CryptographyError) {
        guard let decoded = unsafe decoded else {
            ERR_clear_error()
            throw .invalidKey
        }
        unsafe self.init(taking: decoded)
    }
}
