/// The 32 bytes that SHA-256 makes of a message. Equality takes constant time, as digests of secrets are compared.
package struct SHA256Digest: Sendable, Hashable {
    package static let size = 32

    package let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
        constantTimeEquals(left.bytes, right.bytes)
    }
}
