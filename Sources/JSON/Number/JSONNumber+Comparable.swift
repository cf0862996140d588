extension JSONNumber: Comparable {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left.storage, right.storage) {
        case (.signed(let left), .signed(let right)): left == right
        case (.unsigned(let left), .unsigned(let right)): left == right
        case (.signed, .unsigned), (.unsigned, .signed): false
        default: Decimal(left) == Decimal(right)
        }
    }

    @inlinable
    public static func < (left: Self, right: Self) -> Bool {
        if case .signed(let left) = left.storage, case .signed(let right) = right.storage { return left < right }
        return left.isLess(than: right)
    }

    @usableFromInline
    func isLess(than other: Self) -> Bool {
        switch (storage, other.storage) {
        case (.signed(let left), .signed(let right)): left < right
        case (.unsigned(let left), .unsigned(let right)): left < right
        case (.signed, .unsigned): true
        case (.unsigned, .signed): false
        case (.decimal(let text), .signed(let whole)):
            Self.compare(text, whole).map { $0 == .less } ?? (Decimal(self) < Decimal(other))
        case (.signed(let whole), .decimal(let text)):
            Self.compare(text, whole).map { $0 == .more } ?? (Decimal(self) < Decimal(other))
        default: Decimal(self) < Decimal(other)
        }
    }

    private enum Order {
        case less, same, more
    }

    /// How a decimal without an exponent, of not too many digits, compares to a whole number: the usual case, for which
    /// nothing has to be taken apart.
    private static func compare(_ decimal: String, _ whole: Int64) -> Order? {
        var rest = decimal.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        var (magnitude, hasFraction, isBehindPoint, count) = (0 as Int64, false, false, 0)
        for byte in rest {
            switch byte {
            case UInt8(ascii: "."): isBehindPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int64(byte - UInt8(ascii: "0"))
                if isBehindPoint {
                    hasFraction = hasFraction || digit > 0
                } else {
                    count += 1
                    guard count <= 18 else { return nil }
                    magnitude = magnitude * 10 + digit
                }
            default: return nil
            }
        }
        let value = isNegative ? -magnitude : magnitude
        if value != whole { return value < whole ? .less : .more }
        return hasFraction ? (isNegative ? .less : .more) : .same
    }
}

extension JSONNumber: Hashable {
    public func hash(into hasher: inout Hasher) {
        if let value = int64 {
            hasher.combine(value)
        } else if let value = uint64 {
            hasher.combine(value)
        } else {
            hasher.combine(Decimal(self))
        }
    }
}
