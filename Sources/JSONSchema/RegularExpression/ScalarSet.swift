/// A set of code points: ranges and Unicode properties, or everything but those.
struct ScalarSet: Sendable, Hashable {
    private struct Membership: Hashable {
        let property: ScalarProperty
        let isNegated: Bool
    }

    private(set) var ranges: [ClosedRange<UInt32>] = []
    private var properties: [Membership] = []
    private var isNegated = false
    /// Membership of U+0000 to U+007F, the hot path; made by ``finished()``.
    private var ascii: UInt128 = 0

    static let digits = ScalarSet(ranges: [0x30...0x39])
    static let wordCharacters = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// WhiteSpace and LineTerminator of ECMA-262.
    static let space = ScalarSet(ranges: [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    static let lineTerminators = ScalarSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])

    init(ranges: [ClosedRange<UInt32>] = []) { self.ranges = ranges }

    init(_ property: ScalarProperty) { properties = [Membership(property: property, isNegated: false)] }

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
            ranges += Self.gaps(between: Self.merged(other.ranges))
        } else {
            properties += other.properties.map { Membership(property: $0.property, isNegated: !$0.isNegated) }
        }
    }

    /// In order, and none touching another.
    private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    private static func gaps(between ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
        return gaps
    }

    /// What is in `ranges` and not in `others`.
    static func difference(_ ranges: [ClosedRange<UInt32>], _ others: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        gaps(between: merged(gaps(between: merged(ranges)) + others))
    }

    /// The set as it is used to match: ranges in order, and a table for ASCII.
    func finished() -> ScalarSet {
        var set = self
        set.ranges = Self.merged(ranges)
        var members: UInt128 = 0
        for range in set.ranges where range.lowerBound < 128 {
            let length = min(range.upperBound, 127) - range.lowerBound + 1
            members |= (UInt128.max >> (128 - length)) << range.lowerBound
        }
        if !properties.isEmpty {
            for value in 0..<128 as Range<UInt32> {
                if let scalar = Unicode.Scalar(value), hasProperty(scalar) { members |= 1 << value }
            }
        }
        set.ascii = isNegated ? ~members : members
        return set
    }

    /// Whether a member beyond ASCII is possible.
    var reachesBeyondASCII: Bool { isNegated || !properties.isEmpty || (ranges.last?.upperBound ?? 0) >= 0x80 }

    /// Whether the set, which must be finished, has `scalar`.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 128 ? ascii >> scalar.value & 1 == 1 : search(scalar)
    }

    private func search(_ scalar: Unicode.Scalar) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        let isMember = low < ranges.count && ranges[low].lowerBound <= scalar.value || hasProperty(scalar)
        return isMember != isNegated
    }

    private func hasProperty(_ scalar: Unicode.Scalar) -> Bool {
        properties.contains { $0.property.holds(for: scalar) != $0.isNegated }
    }
}
