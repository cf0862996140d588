extension JSONParser {
    /// Reads a string, from its opening quote to behind its closing quote.
    mutating func readString() throws(JSONSyntaxError) -> String {
        let opening = position
        position += 1
        let start = position
        hasOnlyASCII = true
        skipPlainText()
        if peek() == UInt8(ascii: "\"") {
            let text = try text(UnsafeBufferPointer(rebasing: bytes[start..<position]), from: opening)
            position += 1
            return text
        }
        return try readStringWithEscapes(start: start, opening: opening)
    }

    private mutating func readStringWithEscapes(start: Int, opening: Int) throws(JSONSyntaxError) -> String {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: bytes[start..<position])
        while true {
            switch peek() {
            case UInt8(ascii: "\""):
                position += 1
                return try scratch.withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
                    try text(bytes, from: opening)
                }
            case UInt8(ascii: "\\"):
                try readEscape()
            default:
                guard position < bytes.count else { throw error("The string does not end", at: opening) }
                throw error("A control character in a string must be written as an escape such as \\n")
            }
            let next = position
            skipPlainText()
            scratch.append(contentsOf: bytes[next..<position])
        }
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>, from opening: Int) throws(JSONSyntaxError) -> String {
        // ASCII is looked at while the end of the string is searched; there is no need to do that again.
        if hasOnlyASCII {
            return String(copying: UTF8Span(unchecked: Span(_unsafeElements: bytes), isKnownASCII: true))
        }
        do {
            return String(copying: try UTF8Span(validating: Span(_unsafeElements: bytes)))
        } catch {
            throw self.error("The string is not valid UTF-8", at: opening)
        }
    }

    /// Goes to the next quote, backslash or control character, or to the end; eight bytes at a time.
    @inline(__always)
    private mutating func skipPlainText() {
        let tops: UInt64 = 0x8080_8080_8080_8080
        let raw = UnsafeRawBufferPointer(bytes)
        var (place, found) = (position, 0 as UInt64)
        while place + 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            if let length = Self.plainBytes(word) {
                found |= word & ((1 << UInt64(length * 8)) &- 1)
                return stop(at: place + length, found & tops)
            }
            found |= word
            place += 8
        }
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            found |= UInt64(byte)
            place += 1
        }
        stop(at: place, found & tops)
    }

    /// How many bytes of a word stand before the first quote, backslash or control character; nil if it has none.
    @inline(__always)
    static func plainBytes(_ word: UInt64) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        // A byte below n becomes a top bit when n is taken from all; bytes that have the top bit already don't count. A
        // false hit can only lie above a true one, so the lowest is right.
        let hits =
            ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes) | ((word &- (ones &* 0x20)) & ~word)
        return hits & tops == 0 ? nil : (hits & tops).trailingZeroBitCount / 8
    }

    @inline(__always)
    private mutating func stop(at place: Int, _ topBits: UInt64) {
        position = place
        hasOnlyASCII = hasOnlyASCII && topBits == 0
    }

    private mutating func readEscape() throws(JSONSyntaxError) {
        let letter = peek(1)
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
        case UInt8(ascii: "n"): scratch.append(0x0A)
        case UInt8(ascii: "t"): scratch.append(0x09)
        case UInt8(ascii: "r"): scratch.append(0x0D)
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "u"): return try readUnicodeEscape()
        default: throw error("A backslash in a string begins an escape that JSON does not know")
        }
        position += 2
    }

    private mutating func readUnicodeEscape() throws(JSONSyntaxError) {
        let start = position
        var code = UInt32(try readCodeUnit())
        if code & 0xFC00 == 0xD800, peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
            let low = UInt32(try readCodeUnit())
            guard low & 0xFC00 == 0xDC00 else { throw error("The escape is half of a surrogate pair", at: start) }
            code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw error("The escape is half of a surrogate pair", at: start)
        }
        hasOnlyASCII = hasOnlyASCII && scalar.isASCII
        scratch.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    /// Four hexadecimal digits after `\u`.
    private mutating func readCodeUnit() throws(JSONSyntaxError) -> UInt16 {
        var code: UInt16 = 0
        for ahead in 2..<6 {
            guard let digit = Character(Unicode.Scalar(peek(ahead))).hexDigitValue, peek(ahead) < 0x80 else {
                throw error("\\u must be followed by four hexadecimal digits")
            }
            code = code << 4 | UInt16(digit)
        }
        position += 6
        return code
    }
}
