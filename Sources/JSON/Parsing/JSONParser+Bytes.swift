extension JSONParser {
    /// The byte at hand, or 0 at the end: U+0000 stands nowhere in JSON.
    @inline(__always)
    func peek(_ ahead: Int = 0) -> UInt8 {
        position + ahead < bytes.count ? bytes[position + ahead] : 0
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    @inline(__always)
    mutating func skipSpace() {
        while true {
            switch peek() {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    func error(_ reason: String, at offset: Int? = nil) -> JSONSyntaxError {
        JSONSyntaxError(reason, at: offset ?? position, in: bytes)
    }

    /// Says what stands at hand instead of `wanted`.
    func unexpected(wanted: String) -> JSONSyntaxError {
        guard position < bytes.count else { return error("Expected \(wanted), but the JSON ends") }
        let byte = bytes[position]
        let found =
            switch byte {
            case 0x21...0x7E: "`\(Character(Unicode.Scalar(byte)))`"
            case 0x80...: Self.character(bytes[position...])
            default: "the control character 0x\(String(byte, radix: 16))"
            }
        return error("Expected \(wanted), found \(found)")
    }

    /// By its number: many of those that people paste by mistake look like others, or like nothing.
    private static func character(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&rest) else {
            return "the byte 0x\(String(bytes[bytes.startIndex], radix: 16, uppercase: true)), which is not UTF-8"
        }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "the character U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
    }
}
