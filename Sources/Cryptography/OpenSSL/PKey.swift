import COpenSSL

/// A key of OpenSSL's, P-256 in this project; freed with the last reference.
///
/// Once made it is only read, which OpenSSL 3 allows from many threads at once.
@safe
final class PKey: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer

    /// Takes over the caller's reference.
    init(taking pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe EVP_PKEY_free(pointer)
    }

    /// One of the key's numbers, such as its private scalar, big-endian and padded to `size` bytes.
    func number(_ name: String, size: Int) throws(CryptographyError) -> [UInt8] {
        var number: OpaquePointer?
        try check(unsafe EVP_PKEY_get_bn_param(pointer, name, &number), "EVP_PKEY_get_bn_param")
        defer { unsafe BN_clear_free(number) }
        var bytes = [UInt8](repeating: 0, count: size)
        guard unsafe BN_bn2binpad(number, &bytes, Int32(size)) == Int32(size) else { throw .openSSL("BN_bn2binpad") }
        return bytes
    }

    /// Refuses a private scalar that is zero or not below the order of the curve.
    func checkPrivatePart() throws(CryptographyError) {
        let context = try unsafe unwrap(EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil), "EVP_PKEY_CTX_new_from_pkey")
        defer { unsafe EVP_PKEY_CTX_free(context) }
        guard unsafe EVP_PKEY_private_check(context) == 1 else {
            ERR_clear_error()
            throw .invalidKey
        }
    }
}
