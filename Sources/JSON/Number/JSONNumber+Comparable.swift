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
        decimal.withBytes { bytes in
            let isNegative = bytes.first == UInt8(ascii: "-")
            let start = isNegative ? 1 : 0
            var place = start
            var magnitude: Int64 = 0
            while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 {
                magnitude = magnitude &* 10 &+ Int64(bytes[place] &- UInt8(ascii: "0"))
                place += 1
            }
            // 18 digits fit 64 bits.
            guard place - start <= 18 else { return nil }
            var hasFraction = false
            if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
                place += 1
                while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 {
                    if bytes[place] != UInt8(ascii: "0") { hasFraction = true }
                    place += 1
                }
            }
            guard place == bytes.count else { return nil }
            let value = isNegative ? -magnitude : magnitude
            if value != whole { return value < whole ? .less : .more }
            return hasFraction ? (isNegative ? .less : .more) : .same
        }
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
