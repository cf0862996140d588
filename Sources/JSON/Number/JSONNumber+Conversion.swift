extension JSONNumber {
    /// The value if it is whole and fits: `1.0` is 1.
    public var int64: Int64? {
        switch storage {
        case .signed(let value): value
        case .unsigned: nil
        case .decimal: Decimal(self).integer()
        }
    }

    /// The value if it is whole and fits: `1.0` is 1.
    public var uint64: UInt64? {
        switch storage {
        case .signed(let value): UInt64(exactly: value)
        case .unsigned(let value): value
        case .decimal: Decimal(self).integer()
        }
    }

    /// The nearest double; infinite when the number is beyond the largest.
    public var double: Double {
        switch storage {
        case .signed(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .decimal(let text): Double(text) ?? .nan
        }
    }

    /// Whether the number has no fraction: true of `1`, `1.0`, `1e400` and `0.5e1`.
    public var isInteger: Bool {
        guard case .decimal = storage else { return true }
        return Decimal(self).isInteger
    }
}
