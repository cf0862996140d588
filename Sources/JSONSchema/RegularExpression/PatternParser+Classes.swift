extension PatternParser {
    private enum ClassAtom {
        case scalar(UInt32)
        case set(ScalarSet)
    }

    /// After `[`.
    mutating func characterClass() throws(RegularExpressionError) -> ScalarSet {
        let isNegated = take("^")
        var set = ScalarSet()
        while !take("]") {
            let first = try classAtom()
            let behindDash = rest.dropFirst()
            guard rest.first == "-", let end = behindDash.first, end != "]" else {
                switch first {
                case .scalar(let value): set.insert(value...value)
                case .set(let members): set.formUnion(members)
                }
                continue
            }
            rest.removeFirst()
            guard case .scalar(let low) = first, case .scalar(let high) = try classAtom() else {
                throw error("has a range that begins or ends in a class of characters")
            }
            guard low <= high else { throw error("has a range that runs backwards") }
            set.insert(low...high)
        }
        return isNegated ? set.negated : set
    }

    private mutating func classAtom() throws(RegularExpressionError) -> ClassAtom {
        guard let next = rest.popFirst() else { throw error("has a `[` without its `]`") }
        guard next == "\\" else { return .scalar(next.value) }
        if take("b") { return .scalar(0x08) }
        if let set = try setEscape() { return .set(set) }
        return .scalar(try scalarEscape())
    }
}
