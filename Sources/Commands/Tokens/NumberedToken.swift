import Cryptography

/// A token that names a row and proves by an HMAC that this server made it.
///
/// Text: prefix ‖ base64url(key id, 4 bytes ‖ numbers, 8 bytes each ‖ HMAC-SHA256, 32 bytes), integers big-endian.
/// Refresh tokens carry session and generation, links the link's id. Nothing in it is secret but the HMAC, and that
/// covers a random nonce of the row, so a token fits no other row that once has the same number.
struct NumberedToken: Sendable {
    let keyID: UInt32
    let numbers: [Int64]
    let code: [UInt8]

    init(keyID: UInt32, numbers: [Int64], code: [UInt8]) {
        self.keyID = keyID
        self.numbers = numbers
        self.code = code
    }

    /// Reads the shape; nil for anything else, before any look-up.
    init?(_ text: String, kind: TokenKind, numbers count: Int) {
        let size = 4 + 8 * count + SHA256Digest.size
        guard text.hasPrefix(kind.prefix), text.utf8.count < 200,
            let bytes = Base64URL.decode(text.dropFirst(kind.prefix.count)), bytes.count == size
        else { return nil }
        keyID = bytes[0..<4].reduce(0) { $0 << 8 | UInt32($1) }
        numbers = (0..<count).map { index in
            Int64(bitPattern: bytes[(4 + 8 * index)..<(12 + 8 * index)].reduce(0) { $0 << 8 | UInt64($1) })
        }
        code = Array(bytes[(size - SHA256Digest.size)...])
        // No row has a number beyond this, and sums with it cannot overflow.
        guard numbers.allSatisfy({ (0..<(1 << 53)).contains($0) }) else { return nil }
    }

    func text(_ kind: TokenKind) -> String {
        kind.prefix + Base64URL.encode(keyID.bigEndianBytes + numbers.flatMap(\.bigEndianBytes) + code)
    }
}

extension FixedWidthInteger {
    /// The bytes from the most to the least significant.
    var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
    }
}
