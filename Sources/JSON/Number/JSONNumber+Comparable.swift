extension JSONNumber: Comparable {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left.storage, right.storage) {
        case (.signed(let left), .signed(let right)): left == right
        case (.unsigned(let left), .unsigned(let right)): left == right
        case (.signed, .unsigned), (.unsigned, .signed): false
        default: Decimal(left) == Decimal(right)
        }
    }

    public static func < (left: Self, right: Self) -> Bool {
        switch (left.storage, right.storage) {
        case (.signed(let left), .signed(let right)): left < right
        case (.unsigned(let left), .unsigned(let right)): left < right
        case (.signed, .unsigned): true
        case (.unsigned, .signed): false
        default: Decimal(left) < Decimal(right)
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
