import JSON

/// Names and addresses of hosts.
enum HostFormats {
    /// RFC 1123 section 2.1: labels of letters, digits and hyphens. One that begins with `xn--` has to stand for a label
    /// with other letters (RFC 5891 section 4.4).
    static func isHostname(_ text: String) -> Bool { text.withBytes { isHostname($0[...]) } }

    static func isHostname(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard bytes.count <= 253 else { return false }
        var start = bytes.startIndex
        while let dot = bytes[start...].firstIndex(of: UInt8(ascii: ".")) {
            guard isLabel(bytes[start..<dot]) else { return false }
            start = dot + 1
        }
        return isLabel(bytes[start...])
    }

    private static func isLabel(_ label: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-"),
            label.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") })
        else { return false }
        let start = label.startIndex
        let isEncoded =
            label.count >= 4 && label[start] | 0x20 == UInt8(ascii: "x") && label[start + 1] | 0x20 == UInt8(ascii: "n")
            && label[start + 2] == UInt8(ascii: "-") && label[start + 3] == UInt8(ascii: "-")
        return !isEncoded || isEncodedLabel(label.dropFirst(4))
    }

    /// Whether what stands behind `xn--` is the encoding of a label.
    private static func isEncodedLabel(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        // Capitals count as small letters.
        let small = bytes.map { Unicode.Scalar($0.isASCIILetter ? $0 | 0x20 : $0) }
        guard let label = Punycode.decode(small), label.contains(where: { !$0.isASCII }) else { return false }
        return InternationalLabel.isLabel(label)
    }

    /// RFC 5890 section 2.3.2.3: labels may have letters beyond ASCII, and the full stops of East Asia part them too.
    static func isInternationalHostname(_ text: String) -> Bool {
        let labels = text.unicodeScalars.split(omittingEmptySubsequences: false) {
            $0 == "." || $0 == "\u{3002}" || $0 == "\u{FF0E}" || $0 == "\u{FF61}"
        }
        var length = labels.count - 1
        for label in labels {
            if label.allSatisfy(\.isASCII) {
                guard String(label).withBytes({ isLabel($0[...]) }) else { return false }
                length += label.count
            } else {
                let label = label.map { ("A"..."Z").contains($0) ? Unicode.Scalar(UInt8($0.value) | 0x20) : $0 }
                guard label.count <= 63, InternationalLabel.isLabel(label) else { return false }
                let encoded = 4 + Punycode.encodedLength(label)
                guard encoded <= 63 else { return false }
                length += encoded
            }
        }
        return length <= 253
    }

    /// RFC 2673 section 3.2: four numbers without leading zeros.
    static func isIPv4(_ text: String) -> Bool { text.withBytes { isIPv4($0[...]) } }

    static func isIPv4(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var (numbers, digits, value) = (1, 0, 0)
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                guard digits > 0 else { return false }
                (numbers, digits, value) = (numbers + 1, 0, 0)
            } else {
                guard byte.isASCIIDigit, digits == 0 || value > 0 else { return false }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
                guard value <= 255 else { return false }
            }
        }
        return numbers == 4 && digits > 0
    }

    /// RFC 4291 section 2.2, without a zone.
    static func isIPv6(_ text: String) -> Bool { text.withBytes { isIPv6($0[...]) } }

    static func isIPv6(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard bytes.count <= 45 else { return false }
        guard let gap = gap(in: bytes) else { return groups(bytes, mayEndInIPv4: true) == 8 }
        let (before, after) = (bytes[..<gap], bytes[(gap + 2)...])
        guard let first = before.isEmpty ? 0 : groups(before, mayEndInIPv4: false),
            let second = after.isEmpty ? 0 : groups(after, mayEndInIPv4: true)
        else { return false }
        return first + second <= 7
    }

    /// Where the first `::` stands.
    private static func gap(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        bytes.indices.dropLast().first { bytes[$0] == UInt8(ascii: ":") && bytes[$0 + 1] == UInt8(ascii: ":") }
    }

    /// How many groups of 16 bits a text stands for; nil if it is not such groups with colons between them.
    private static func groups(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, mayEndInIPv4: Bool) -> Int? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var count = 0
        for (index, part) in parts.enumerated() {
            if (1...4).contains(part.count), part.allSatisfy(\.isHexDigit) {
                count += 1
            } else if mayEndInIPv4, index == parts.count - 1, isIPv4(part) {
                count += 2
            } else {
                return nil
            }
        }
        return count
    }
}
