/// A number taken apart: `digits` × 10^`exponent`, with no zero at either end of the digits, so that each value has
/// exactly one form. Zero has no digits.
struct Decimal: Hashable {
    private(set) var isNegative = false
    /// ASCII digits.
    private(set) var digits: ArraySlice<UInt8>
    private(set) var exponent = 0

    init(_ number: JSONNumber) {
        let text = Array(number.text.utf8)
        var digits: [UInt8] = []
        digits.reserveCapacity(text.count)
        var isFraction = false
        reading: for (place, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                exponent += Int(String(decoding: text[(place + 1)...], as: UTF8.self)) ?? 0
                break reading
            default:
                digits.append(byte)
                if isFraction { exponent -= 1 }
            }
        }
        self.digits = digits[...]
        strip()
    }

    private mutating func strip() {
        let zero = UInt8(ascii: "0")
        digits = digits.drop { $0 == zero }
        while digits.last == zero {
            digits.removeLast()
            exponent += 1
        }
        guard digits.isEmpty else { return }
        isNegative = false
        exponent = 0
    }

    var isInteger: Bool { exponent >= 0 }

    /// How many digits stand before the decimal point; not positive for a number below 0.1.
    private var magnitude: Int { digits.count + exponent }

    /// The value in a type of at most 64 bits, if it fits.
    func integer<Integer: FixedWidthInteger>() -> Integer? {
        guard isInteger, magnitude <= 20 else { return nil }
        let text = (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
        return Integer(text.isEmpty ? "0" : text + String(repeating: "0", count: exponent))
    }
}

extension Decimal: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative ? right.isCloserToZero(than: left) : left.isCloserToZero(than: right)
    }

    private func isCloserToZero(than other: Self) -> Bool {
        guard !digits.isEmpty, !other.digits.isEmpty else { return other.digits.count > digits.count }
        guard magnitude == other.magnitude else { return magnitude < other.magnitude }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}
