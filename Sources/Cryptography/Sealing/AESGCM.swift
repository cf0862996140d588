import COpenSSL

/// One message going through AES-256-GCM (NIST SP 800-38D).
@safe
final class AESGCM {
    enum Direction: Int32 {
        case open = 0
        case seal = 1
    }

    static let keySize = 32
    static let nonceSize = 12
    static let tagSize = 16

    private let context: OpaquePointer

    init(
        key: SecretBytes,
        nonce: [UInt8],
        additionalData: [UInt8],
        direction: Direction
    ) throws(CryptographyError) {
        guard key.count == Self.keySize, nonce.count == Self.nonceSize else { throw .invalidKey }
        unsafe context = try unwrap(EVP_CIPHER_CTX_new(), "EVP_CIPHER_CTX_new")
        let context = unsafe context
        let started = unsafe key.withUnsafeBytes { key in
            let key = unsafe key.assumingMemoryBound(to: UInt8.self).baseAddress
            return unsafe EVP_CipherInit_ex2(context, EVP_aes_256_gcm(), key, nonce, direction.rawValue, nil)
        }
        try check(started, "EVP_CipherInit_ex2")
        var length: Int32 = 0
        let count = Int32(additionalData.count)
        try check(unsafe EVP_CipherUpdate(context, nil, &length, additionalData, count), "EVP_CipherUpdate")
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
    }

    /// Returns ciphertext ‖ tag.
    func seal(_ plain: [UInt8]) throws(CryptographyError) -> [UInt8] {
        var output = try update(plain)
        var length: Int32 = 0
        var none: UInt8 = 0
        try check(unsafe EVP_CipherFinal_ex(context, &none, &length), "EVP_CipherFinal_ex")
        var tag = [UInt8](repeating: 0, count: Self.tagSize)
        let tagged = unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagSize), &tag)
        try check(tagged, "EVP_CIPHER_CTX_ctrl")
        output += tag
        return output
    }

    /// Takes ciphertext ‖ tag. Nothing of the plain text leaves here unless the tag is right.
    func open(_ sealed: [UInt8]) throws(CryptographyError) -> SecretBytes {
        var tag = Array(sealed.suffix(Self.tagSize))
        let plain = SecretBytes(try update(Array(sealed.dropLast(Self.tagSize))))
        let tagged = unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagSize), &tag)
        try check(tagged, "EVP_CIPHER_CTX_ctrl")
        var length: Int32 = 0
        var none: UInt8 = 0
        guard unsafe EVP_CipherFinal_ex(context, &none, &length) == 1 else {
            ERR_clear_error()
            throw .cannotOpen
        }
        return plain
    }

    /// GCM is a stream: as many bytes come out as go in.
    private func update(_ input: [UInt8]) throws(CryptographyError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: input.count)
        guard !input.isEmpty else { return output }
        var length: Int32 = 0
        let count = Int32(input.count)
        try check(unsafe EVP_CipherUpdate(context, &output, &length, input, count), "EVP_CipherUpdate")
        return output
    }
}
