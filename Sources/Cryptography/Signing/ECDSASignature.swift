import COpenSSL

/// An ECDSA signature between its two forms: `r ‖ s` of JWS (RFC 7518 §3.4) and the DER that OpenSSL wants.
enum ECDSASignature {
    static let size = 2 * P256.numberSize

    static func raw(fromDER der: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let decoded = unsafe der.withUnsafeBufferPointer { der in
            var position = der.baseAddress
            return unsafe d2i_ECDSA_SIG(nil, &position, der.count)
        }
        let signature = try unsafe unwrap(decoded, "d2i_ECDSA_SIG")
        defer { unsafe ECDSA_SIG_free(signature) }
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let half = Int32(P256.numberSize)
            unsafe BN_bn2binpad(ECDSA_SIG_get0_r(signature), buffer.baseAddress, half)
            unsafe BN_bn2binpad(ECDSA_SIG_get0_s(signature), buffer.baseAddress?.advanced(by: P256.numberSize), half)
            count = size
        }
    }

    /// Returns nil unless `raw` has 64 bytes.
    static func der(fromRaw raw: [UInt8]) throws(CryptographyError) -> [UInt8]? {
        guard raw.count == size else { return nil }
        let signature = try unsafe unwrap(ECDSA_SIG_new(), "ECDSA_SIG_new")
        defer { unsafe ECDSA_SIG_free(signature) }
        let half = Int32(P256.numberSize)
        let r = unsafe BN_bin2bn(Array(raw.prefix(P256.numberSize)), half, nil)
        let s = unsafe BN_bin2bn(Array(raw.suffix(P256.numberSize)), half, nil)
        // Takes both numbers over.
        try check(unsafe ECDSA_SIG_set0(signature, r, s), "ECDSA_SIG_set0")
        let length = unsafe i2d_ECDSA_SIG(signature, nil)
        guard length > 0 else { throw .openSSL("i2d_ECDSA_SIG") }
        return unsafe [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            var position = buffer.baseAddress
            count = Int(unsafe i2d_ECDSA_SIG(signature, &position))
        }
    }
}
