/// Names and addresses of hosts.
enum HostFormats {
    /// RFC 1123 section 2.1: labels of letters, digits and hyphens.
    static func isHostname(_ text: String) -> Bool {
        guard text.utf8.count <= 253 else { return false }
        return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
        }
    }

    /// RFC 2673 section 3.2: four numbers without leading zeros.
    static func isIPv4(_ text: String) -> Bool {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4
            && numbers.allSatisfy { number in
                (1...3).contains(number.utf8.count) && number.utf8.allSatisfy(\.isASCIIDigit)
                    && (number == "0" || !number.hasPrefix("0")) && UInt8(number) != nil
            }
    }

    /// RFC 4291 section 2.2, without a zone.
    static func isIPv6(_ text: String) -> Bool {
        guard let gap = gap(in: text) else { return groups(text[...], mayEndInIPv4: true) == 8 }
        let (before, after) = (text[..<gap.lowerBound], text[gap.upperBound...])
        guard let first = before.isEmpty ? 0 : groups(before, mayEndInIPv4: false),
            let second = after.isEmpty ? 0 : groups(after, mayEndInIPv4: true)
        else { return false }
        return first + second <= 7
    }

    /// Where the first `::` stands.
    private static func gap(in text: String) -> Range<String.Index>? {
        var place = text.startIndex
        while let colon = text[place...].firstIndex(of: ":") {
            place = text.index(after: colon)
            if place < text.endIndex, text[place] == ":" { return colon..<text.index(after: place) }
        }
        return nil
    }

    /// How many groups of 16 bits a text stands for; nil if it is not such groups with colons between them.
    private static func groups(_ text: Substring, mayEndInIPv4: Bool) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        for (index, part) in parts.enumerated() {
            if (1...4).contains(part.utf8.count), part.utf8.allSatisfy(\.isHexDigit) {
                count += 1
            } else if mayEndInIPv4, index == parts.count - 1, isIPv4(String(part)) {
                count += 2
            } else {
                return nil
            }
        }
        return count
    }
}
