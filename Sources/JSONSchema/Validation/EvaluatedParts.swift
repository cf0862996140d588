/// Which members or items of the value at hand have been evaluated, for `unevaluatedProperties` and `unevaluatedItems`.
struct EvaluatedParts {
    var hasAll = false
    private var first: UInt64 = 0
    private var others: Set<Int> = []

    mutating func insert(_ ordinal: Int) {
        if ordinal < 64 { first |= 1 << UInt64(ordinal) } else { others.insert(ordinal) }
    }

    func contains(_ ordinal: Int) -> Bool {
        hasAll || (ordinal < 64 ? first >> UInt64(ordinal) & 1 == 1 : others.contains(ordinal))
    }

    mutating func formUnion(_ other: Self) {
        hasAll = hasAll || other.hasAll
        first |= other.first
        others.formUnion(other.others)
    }
}
