/// An IPv4 or IPv6 address. IPv4 inside of IPv6 (`::ffff:192.0.2.1`, RFC 4291 §2.5.5.2) is the IPv4 address itself.
package struct IPAddress: Sendable, Hashable {
    /// The address as a number: 32 or 128 bits, the first part the highest.
    let value: UInt128
    package let isIPv4: Bool

    /// 32 or 128.
    var width: Int { isIPv4 ? 32 : 128 }

    /// Reads `192.0.2.1` or `2001:db8::1`, without brackets, port or zone; nil for anything else.
    package init?(_ text: some StringProtocol) {
        if let value = Self.parseIPv4(text) {
            (self.value, isIPv4) = (value, true)
        } else if let value = Self.parseIPv6(String(text)) {
            let isMapped = value >> 32 == 0xffff
            (self.value, isIPv4) = (isMapped ? value & 0xffff_ffff : value, isMapped)
        } else {
            return nil
        }
    }

    /// The range that one customer of a provider usually has: an IPv4 address alone, the /64 of an IPv6 address.
    package var network: String {
        if isIPv4 { return (0..<4).reversed().map { String(value >> (8 * $0) & 0xff) }.joined(separator: ".") }
        return (4..<8).reversed().map { String(value >> (16 * $0) & 0xffff, radix: 16) }.joined(separator: ":")
            + "::/64"
    }

    /// 127.0.0.0/8 and ::1.
    package var isLoopback: Bool { isIPv4 ? value >> 24 == 127 : value == 1 }

    /// Four decimal numbers without leading zeros, which some read as octal.
    private static func parseIPv4(_ text: some StringProtocol) -> UInt128? {
        // Byte by byte, for every request comes by here.
        var numbers: InlineArray<4, UInt32> = [0, 0, 0, 0]
        var (place, digits) = (0, 0)
        for byte in text.utf8 {
            if byte.isDigit {
                guard digits == 0 || numbers[place] > 0 else { return nil }
                numbers[place] = numbers[place] * 10 + UInt32(byte - UInt8(ascii: "0"))
                digits += 1
                guard numbers[place] <= 255 else { return nil }
            } else {
                guard byte == UInt8(ascii: "."), digits > 0, place < 3 else { return nil }
                (place, digits) = (place + 1, 0)
            }
        }
        guard place == 3, digits > 0 else { return nil }
        return UInt128(numbers[0] << 24 | numbers[1] << 16 | numbers[2] << 8 | numbers[3])
    }

    /// Eight groups of hexadecimal digits; `::` stands once for groups of zero (RFC 4291 §2.2).
    private static func parseIPv6(_ text: String) -> UInt128? {
        guard let gap = text.firstRange(of: "::") else {
            return groups(text).flatMap { $0.count == 8 ? number($0) : nil }
        }
        let before = text[..<gap.lowerBound]
        let after = text[gap.upperBound...]
        guard let head = before.isEmpty ? [] : groups(before), let tail = after.isEmpty ? [] : groups(after),
            head.count + tail.count < 8, before.isEmpty || !before.contains(".")
        else { return nil }
        return number(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    private static func groups(_ text: some StringProtocol) -> [UInt16]? {
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.contains(".") {
                guard index == parts.count - 1, let value = parseIPv4(part) else { return nil }
                groups += [UInt16(value >> 16), UInt16(value & 0xffff)]
            } else {
                guard 1...4 ~= part.utf8.count, part.utf8.allSatisfy(\.isLetterOrDigit),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func number(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}
