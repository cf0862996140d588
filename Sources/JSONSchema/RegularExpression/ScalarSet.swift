/// A set of code points: ranges and Unicode properties, or everything but those.
struct ScalarSet: Sendable {
    private(set) var ranges: [ClosedRange<UInt32>] = []
    private var properties: [(property: ScalarProperty, isNegated: Bool)] = []
    private var isNegated = false
    /// Membership of U+0000 to U+007F, the hot path; made by ``finished()``.
    private var ascii: (low: UInt64, high: UInt64) = (0, 0)

    static let digits = ScalarSet(ranges: [0x30...0x39])
    static let wordCharacters = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// WhiteSpace and LineTerminator of ECMA-262.
    static let space = ScalarSet(ranges: [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    static let lineTerminators = ScalarSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])

    init(ranges: [ClosedRange<UInt32>] = []) { self.ranges = ranges }

    init(_ property: ScalarProperty, isNegated: Bool) { properties = [(property, isNegated)] }

    var negated: ScalarSet {
        var set = self
        set.isNegated.toggle()
        return set
    }

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }

    /// Adds the members of `other`, which may be negated only if it consists of ranges alone or of one property.
    mutating func formUnion(_ other: ScalarSet) {
        if !other.isNegated {
            ranges += other.ranges
            properties += other.properties
        } else if other.properties.isEmpty {
            ranges += other.complementOfRanges
        } else {
            properties += other.properties.map { ($0.property, !$0.isNegated) }
        }
    }

    private var complementOfRanges: [ClosedRange<UInt32>] {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
        return gaps
    }

    /// The set with its table for ASCII. Cheap, because `{m,n}` asks for it once for each copy.
    func finished() -> ScalarSet {
        var members: UInt128 = 0
        for range in ranges where range.lowerBound < 128 {
            let length = min(range.upperBound, 127) - range.lowerBound + 1
            members |= (UInt128.max >> (128 - length)) << range.lowerBound
        }
        if !properties.isEmpty {
            for value in 0..<128 as Range<UInt32> {
                if let scalar = Unicode.Scalar(value), hasProperty(scalar) { members |= 1 << value }
            }
        }
        if isNegated { members = ~members }
        var set = self
        set.ascii = (UInt64(truncatingIfNeeded: members), UInt64(truncatingIfNeeded: members >> 64))
        return set
    }

    /// Whether the set, which must be finished, has `scalar`.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = UInt64(scalar.value)
        if value < 64 { return ascii.low >> value & 1 == 1 }
        if value < 128 { return ascii.high >> (value - 64) & 1 == 1 }
        return search(scalar)
    }

    private func search(_ scalar: Unicode.Scalar) -> Bool {
        let isMember = ranges.contains { $0.contains(scalar.value) } || hasProperty(scalar)
        return isMember != isNegated
    }

    private func hasProperty(_ scalar: Unicode.Scalar) -> Bool {
        properties.contains { $0.property.holds(for: scalar) != $0.isNegated }
    }
}
