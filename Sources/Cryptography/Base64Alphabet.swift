/// Base64 without padding, in one of its two alphabets (RFC 4648 §4 and §5).
struct Base64Alphabet: Sendable {
    private static let common = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// With `+` and `/`, as in PHC strings.
    static let standard = Base64Alphabet(common + Array("+/".utf8))
    /// With `-` and `_`, as in tokens.
    static let url = Base64Alphabet(common + Array("-_".utf8))

    private static let noDigit: UInt8 = 0xff
    private let digits: [UInt8]
    private let values: [UInt8]

    private init(_ digits: [UInt8]) {
        self.digits = digits
        var values = [UInt8](repeating: Self.noDigit, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        self.values = values
    }

    func encode(_ bytes: [UInt8]) -> String {
        unsafe String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
            var length = 0
            var pending: UInt32 = 0
            var bits: UInt32 = 0
            for byte in bytes {
                pending = pending << 8 | UInt32(byte)
                bits += 8
                while bits >= 6 {
                    bits -= 6
                    unsafe text[length] = digits[Int(pending >> bits & 0x3f)]
                    length += 1
                }
            }
            guard bits > 0 else { return length }
            unsafe text[length] = digits[Int(pending << (6 - bits) & 0x3f)]
            return length + 1
        }
    }

    /// Returns nil for text that ``encode(_:)`` would not have written: each byte string has exactly one spelling.
    func decode(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for character in text {
            let value = values[Int(character)]
            guard value != Self.noDigit else { return nil }
            pending = pending << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
        }
        // Six bits left are a character too many; fewer are filling, and must be zero.
        guard bits < 6, pending & (1 << bits - 1) == 0 else { return nil }
        return bytes
    }
}
