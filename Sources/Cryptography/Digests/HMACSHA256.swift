import COpenSSL

/// HMAC with SHA-256 under one key (RFC 2104); made once and used from many threads.
@safe
package final class HMACSHA256: Sendable {
    /// A context with the key set. Only copies of it are fed, so that nothing ever writes to it.
    private nonisolated(unsafe) let template: OpaquePointer

    package init(key: SecretBytes) throws(CryptographyError) {
        let algorithm = try unsafe unwrap(EVP_MAC_fetch(nil, OSSL_MAC_NAME_HMAC, nil), "EVP_MAC_fetch")
        defer { unsafe EVP_MAC_free(algorithm) }
        unsafe template = try unwrap(EVP_MAC_CTX_new(algorithm), "EVP_MAC_CTX_new")
        try check(unsafe Self.start(template, key), "EVP_MAC_init")
    }

    deinit {
        unsafe EVP_MAC_CTX_free(template)
    }

    /// The 32-byte code of the parts joined together.
    ///
    /// `["ab", "c"]` and `["a", "bc"]` give the same code: give each part a fixed length, or put its length before it.
    package func authenticate(_ parts: [UInt8]...) -> [UInt8] {
        authenticate(parts)
    }

    /// Says, in constant time, whether `code` is the code of these parts.
    package func isValid(_ code: [UInt8], for parts: [UInt8]...) -> Bool {
        constantTimeEquals(code, authenticate(parts))
    }

    func authenticate(_ parts: [[UInt8]]) -> [UInt8] {
        guard let context = unsafe EVP_MAC_CTX_dup(template) else {
            preconditionFailure("OpenSSL cannot copy an HMAC context.")
        }
        defer { unsafe EVP_MAC_CTX_free(context) }
        for part in parts {
            let result = unsafe part.withUnsafeBufferPointer { part in
                unsafe EVP_MAC_update(context, part.baseAddress, part.count)
            }
            precondition(result == 1, "OpenSSL cannot make an HMAC.")
        }
        return unsafe [UInt8](unsafeUninitializedCapacity: SHA256Digest.size) { buffer, count in
            let result = unsafe EVP_MAC_final(context, buffer.baseAddress, &count, buffer.count)
            precondition(result == 1, "OpenSSL cannot make an HMAC.")
        }
    }

    private static func start(_ context: OpaquePointer, _ key: SecretBytes) -> Int32 {
        var digest = Array("SHA256".utf8CString)
        // The parameters keep both pointers, so both must live until the context has read them.
        return unsafe OSSL_MAC_PARAM_DIGEST.withCString { name in
            unsafe digest.withUnsafeMutableBufferPointer { digest in
                let parameters = unsafe [
                    OSSL_PARAM_construct_utf8_string(name, digest.baseAddress, 0), OSSL_PARAM_construct_end(),
                ]
                return unsafe key.withUnsafeBytes { key in
                    // An empty key is a key; only a nil one would mean "keep the key set before".
                    let empty: [UInt8] = [0]
                    return unsafe empty.withUnsafeBufferPointer { empty in
                        let bytes =
                            unsafe key.isEmpty
                            ? empty.baseAddress : key.assumingMemoryBound(to: UInt8.self).baseAddress
                        return unsafe EVP_MAC_init(context, bytes, key.count, parameters)
                    }
                }
            }
        }
    }
}
