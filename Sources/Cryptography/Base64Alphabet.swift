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
        unsafe String(unsafeUninitializedCapacity: Self.length(of: bytes.count)) { text in
            unsafe write(bytes, to: text)
        }
    }

    /// Appends the text of `bytes` to `text`, in ASCII.
    func encode(_ bytes: [UInt8], to text: inout [UInt8]) {
        let encoded = unsafe [UInt8](unsafeUninitializedCapacity: Self.length(of: bytes.count)) { buffer, count in
            count = unsafe write(bytes, to: buffer)
        }
        text += encoded
    }

    private static func length(of count: Int) -> Int { (count * 4 + 2) / 3 }

    /// Writes three bytes as four digits at a time: every token passes here. `text` has room for all digits.
    ///
    /// Returns how many those are.
    private func write(_ bytes: [UInt8], to text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let length = Self.length(of: bytes.count)
        guard length > 0, let text = text.baseAddress else { return 0 }
        unsafe digits.withUnsafeBufferPointer { digits in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                var (read, written) = (0, 0)
                while read + 3 <= bytes.count {
                    let three =
                        unsafe UInt32(bytes[read]) << 16 | UInt32(bytes[read + 1]) << 8 | UInt32(bytes[read + 2])
                    unsafe text[written] = digits[Int(three >> 18)]
                    unsafe text[written + 1] = digits[Int(three >> 12 & 0x3f)]
                    unsafe text[written + 2] = digits[Int(three >> 6 & 0x3f)]
                    unsafe text[written + 3] = digits[Int(three & 0x3f)]
                    read += 3
                    written += 4
                }
                guard read < bytes.count else { return }
                let second = unsafe read + 1 < bytes.count ? bytes[read + 1] : 0
                let last = unsafe UInt32(bytes[read]) << 16 | UInt32(second) << 8
                for place in 0..<(length - written) {
                    unsafe text[written + place] = digits[Int(last >> (18 - 6 * UInt32(place)) & 0x3f)]
                }
            }
        }
        return length
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
