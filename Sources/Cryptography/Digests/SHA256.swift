import COpenSSL

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// Fetched once: `EVP_sha256()` would have OpenSSL look the algorithm up for every digest. Never changed or freed.
    nonisolated(unsafe) static let algorithm: OpaquePointer = {
        guard let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil) else {
            preconditionFailure("OpenSSL has no SHA-256.")
        }
        return unsafe algorithm
    }()

    package static func hash(_ message: [UInt8]) -> SHA256Digest {
        let digest = unsafe [UInt8](unsafeUninitializedCapacity: SHA256Digest.size) { buffer, count in
            let result = unsafe message.withUnsafeBytes { message in
                unsafe EVP_Digest(message.baseAddress, message.count, buffer.baseAddress, nil, algorithm, nil)
            }
            precondition(result == 1, "OpenSSL cannot make a SHA-256 digest.")
            count = SHA256Digest.size
        }
        return SHA256Digest(digest)
    }

    /// The digest of the text's UTF-8 bytes.
    package static func hash(_ text: some StringProtocol) -> SHA256Digest {
        hash(Array(text.utf8))
    }
}
