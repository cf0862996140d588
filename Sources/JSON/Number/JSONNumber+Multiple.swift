extension JSONNumber {
    /// Whether this is a whole multiple of `divisor`, exactly: 0.3 is one of 0.1. Only 0 is a multiple of 0.
    public func isMultiple(of divisor: JSONNumber) -> Bool {
        if case .signed(let value) = storage, case .signed(let divisor) = divisor.storage {
            return value.isMultiple(of: divisor)
        }
        return Decimal(self).isMultiple(of: Decimal(divisor))
    }
}

extension Decimal {
    fileprivate func isMultiple(of divisor: Decimal) -> Bool {
        if digits.isEmpty { return true }
        // Fewer tens than the divisor's would have to come out of digits that end in something other than zero.
        guard !divisor.digits.isEmpty, exponent >= divisor.exponent else { return false }
        // Tens beyond those that the divisor's own factors 2 and 5 can use (fewer than its bits) change nothing.
        let tens = min(exponent - divisor.exponent, divisor.digits.count * 4)
        let dividend = digits + repeatElement(UInt8(ascii: "0"), count: tens)
        // A remainder below 10^37, times ten, fits 128 bits.
        guard divisor.digits.count <= 37, let divisor = UInt128(String(decoding: divisor.digits, as: UTF8.self)) else {
            return Self.dividesLong(dividend, by: divisor.digits)
        }
        return dividend.reduce(0 as UInt128) { ($0 * 10 + UInt128($1 - UInt8(ascii: "0"))) % divisor } == 0
    }

    /// Long division by subtraction, for divisors that no integer holds; both are ASCII digits.
    private static func dividesLong(_ dividend: ArraySlice<UInt8>, by divisor: ArraySlice<UInt8>) -> Bool {
        let zero = UInt8(ascii: "0")
        let divisor = divisor.map { Int8($0 - zero) }
        // One digit more than the divisor, most significant first.
        var remainder = [Int8](repeating: 0, count: divisor.count + 1)
        for digit in dividend {
            remainder.removeFirst()
            remainder.append(Int8(digit - zero))
            while !remainder.lexicographicallyPrecedes([0] + divisor) {
                subtract(divisor, from: &remainder)
            }
        }
        return remainder.allSatisfy { $0 == 0 }
    }

    private static func subtract(_ divisor: [Int8], from remainder: inout [Int8]) {
        var borrow: Int8 = 0
        for place in divisor.indices.reversed() {
            let difference = remainder[place + 1] - divisor[place] - borrow
            borrow = difference < 0 ? 1 : 0
            remainder[place + 1] = difference + borrow * 10
        }
        remainder[0] -= borrow
    }
}
