import COpenSSL

/// The public half of a ``SigningKey``: what stands in the JWKS, and checks signatures.
package struct VerifyingKey: Sendable {
    /// The coordinates of the point: 32 bytes each, big-endian (RFC 7518 §6.2.1).
    package let x: [UInt8]
    package let y: [UInt8]

    /// The key's id: its JWK thumbprint, as base64url (RFC 7638 §3).
    package let thumbprint: String

    private let key: PKey

    /// - Throws: ``CryptographyError/invalidKey`` unless `x` and `y` are 32 bytes each and a point on the curve.
    package init(x: [UInt8], y: [UInt8]) throws(CryptographyError) {
        key = try P256.publicKey(x: x, y: y)
        self.x = x
        self.y = y
        // The members that RFC 7638 §3.2 asks for, in the order and spelling that make the digest.
        let members = #"{"crv":"P-256","kty":"EC","x":"\#(Base64URL.encode(x))","y":"\#(Base64URL.encode(y))"}"#
        thumbprint = Base64URL.encode(SHA256.hash(members).bytes)
    }

    /// Says whether `signature` (`r ‖ s`, 64 bytes) was made of `message` with this key. Never throws: junk is not
    /// valid.
    package func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        guard let der = try? ECDSASignature.der(fromRaw: signature) else { return false }
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestVerifyInit(context, nil, SHA256.algorithm, nil, key.pointer) == 1 else { return false }
        return unsafe EVP_DigestVerify(context, der, der.count, message, message.count) == 1
    }
}

extension VerifyingKey: Equatable {
    package static func == (left: VerifyingKey, right: VerifyingKey) -> Bool {
        left.x == right.x && left.y == right.y
    }
}
