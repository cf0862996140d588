import JSON

/// Formats of a line or two.
enum MiscFormats {
    /// RFC 4122 section 3.
    static func isUUID(_ text: String) -> Bool {
        text.withBytes { bytes in
            guard bytes.count == 36 else { return false }
            for place in 0..<36 {
                let isDash = place == 8 || place == 13 || place == 18 || place == 23
                guard isDash ? bytes[place] == UInt8(ascii: "-") : bytes[place].isHexDigit else { return false }
            }
            return true
        }
    }

    /// RFC 6901 section 5.
    static func isPointer(_ text: String) -> Bool { JSONPointer(parsing: text) != nil }

    /// draft-bhutton-relative-json-pointer-00 section 3: steps up, perhaps a move within an array, and then `#` or a
    /// pointer.
    static func isRelativePointer(_ text: String) -> Bool {
        var rest = Substring(text)
        guard takeNumber(&rest) else { return false }
        if let sign = rest.first, sign == "+" || sign == "-" {
            rest.removeFirst()
            guard rest.first != "0", takeNumber(&rest) else { return false }
        }
        return rest == "#" || isPointer(String(rest))
    }

    /// Takes digits, the first of which is no zero unless it is the only one.
    private static func takeNumber(_ rest: inout Substring) -> Bool {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest[digits.endIndex...]
        return !digits.isEmpty && (digits == "0" || !digits.hasPrefix("0"))
    }
}
