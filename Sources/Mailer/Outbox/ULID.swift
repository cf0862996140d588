import Cryptography
import Storage

/// Ids that sort by time and cannot be guessed: 48 bits of milliseconds and 80 random bits, in Crockford's base 32
/// (github.com/ulid/spec).
enum ULID {
    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func make(at now: Timestamp, random: any RandomSource) -> String {
        var number = UInt128(UInt64(now.milliseconds) & 0xffff_ffff_ffff)
        for byte in random.bytes(10) { number = number << 8 | UInt128(byte) }
        // 26 digits of 5 bits: the two highest bits are zero.
        let text = (0..<26).map { digits[Int(truncatingIfNeeded: number >> (125 - 5 * $0)) & 0x1f] }
        return String(decoding: text, as: UTF8.self)
    }
}
