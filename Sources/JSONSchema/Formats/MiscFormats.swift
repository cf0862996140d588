import JSON

/// Formats of a line or two.
enum MiscFormats {
    /// RFC 4122 section 3.
    static func isUUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }

    /// RFC 6901 section 5.
    static func isPointer(_ text: String) -> Bool { JSONPointer(parsing: text) != nil }

    /// draft-handrews-relative-json-pointer: steps up, and then `#` or a pointer.
    static func isRelativePointer(_ text: String) -> Bool {
        let steps = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text[steps.endIndex...]
        guard !steps.isEmpty, steps == "0" || !steps.hasPrefix("0") else { return false }
        return rest == "#" || isPointer(String(rest))
    }
}
