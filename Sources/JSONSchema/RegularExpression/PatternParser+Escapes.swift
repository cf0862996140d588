extension PatternParser {
    /// After a backslash outside of a class.
    mutating func escape() throws(RegularExpressionError) -> PatternNode {
        switch rest.first {
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.noWordBoundary)
        case "k":
            rest.removeFirst()
            guard take("<") else { throw error("has a `\\k` without a name") }
            try skipGroupName()
            return .unsupported("a back reference")
        case let digit? where ("1"..."9").contains(digit):
            rest = rest.drop { ("0"..."9").contains($0) }
            return .unsupported("a back reference")
        default: break
        }
        if let set = try setEscape() { return .set(set) }
        let value = try scalarEscape()
        return .set(ScalarSet(ranges: [value...value]))
    }

    private mutating func assertion(_ assertion: PatternNode.Assertion) -> PatternNode {
        rest.removeFirst()
        return .assertion(assertion)
    }

    /// `\d`, `\w`, `\s`, `\p{…}` and their negations; nil for other escapes.
    mutating func setEscape() throws(RegularExpressionError) -> ScalarSet? {
        let set: ScalarSet
        switch rest.first {
        case "d": set = .digits
        case "D": set = .digits.negated
        case "w": set = .wordCharacters
        case "W": set = .wordCharacters.negated
        case "s": set = .space
        case "S": set = .space.negated
        case "p": return try property(isNegated: false)
        case "P": return try property(isNegated: true)
        default: return nil
        }
        rest.removeFirst()
        return set
    }

    private mutating func property(isNegated: Bool) throws(RegularExpressionError) -> ScalarSet {
        rest.removeFirst()
        guard take("{") else { throw error("has a `\\p` without `{`") }
        let name = String(rest.prefix { $0 != "}" })
        rest = rest.drop { $0 != "}" }
        guard take("}") else { throw error("has a `\\p{` without `}`") }
        guard let set = ScalarSet(propertyName: name) else { throw error("names the unknown property `\(name)`") }
        return isNegated ? set.negated : set
    }

    /// The one code point that an escape stands for.
    mutating func scalarEscape() throws(RegularExpressionError) -> UInt32 {
        guard let letter = rest.popFirst() else { throw error("ends in a backslash") }
        switch letter {
        case "t": return 0x09
        case "n": return 0x0A
        case "v": return 0x0B
        case "f": return 0x0C
        case "r": return 0x0D
        case "0" where !("0"..."9").contains(rest.first ?? " "): return 0
        case "c":
            guard let control = rest.popFirst(), control.isASCII, control.properties.isAlphabetic else {
                throw error("has a `\\c` without a letter")
            }
            return control.value % 32
        case "x": return try hexadecimal(digits: 2)
        case "u": return try unicodeEscape()
        case let mark where mark.isASCII && !mark.properties.isAlphabetic && !("0"..."9").contains(mark):
            return mark.value
        default: throw error("has the unknown escape `\\\(letter)`")
        }
    }

    /// After `\u`: four digits, two surrogates of four each, or any number of digits in braces.
    private mutating func unicodeEscape() throws(RegularExpressionError) -> UInt32 {
        if take("{") {
            let digits = String(rest.prefix { $0 != "}" })
            rest = rest.drop { $0 != "}" }
            let isHexadecimal = digits.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
            guard take("}"), isHexadecimal, let value = UInt32(digits, radix: 16), value <= 0x10FFFF else {
                throw error("has a bad `\\u{…}`")
            }
            return value
        }
        let high = try hexadecimal(digits: 4)
        let behind = rest.dropFirst()
        guard high & 0xFC00 == 0xD800, rest.first == "\\", behind.first == "u" else { return high }
        let saved = rest
        rest = behind.dropFirst()
        let low = try hexadecimal(digits: 4)
        guard low & 0xFC00 == 0xDC00 else {
            rest = saved
            return high
        }
        return 0x10000 + (high & 0x3FF) << 10 + (low & 0x3FF)
    }

    private mutating func hexadecimal(digits count: Int) throws(RegularExpressionError) -> UInt32 {
        let digits = rest.prefix(count)
        let isHexadecimal = digits.allSatisfy { $0.isASCII && Character($0).isHexDigit }
        guard digits.count == count, isHexadecimal, let value = UInt32(String(digits), radix: 16) else {
            throw error("has a `\\x` or `\\u` without its digits")
        }
        rest = rest.dropFirst(count)
        return value
    }
}
