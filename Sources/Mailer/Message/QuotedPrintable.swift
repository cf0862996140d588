/// The encoding for bodies that are mostly ASCII (RFC 2045 §6.7).
enum QuotedPrintable {
    /// Encodes text whose lines end in CRLF, as lines of at most 76 characters.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 8)
        var column = 0
        for (index, byte) in bytes.enumerated() {
            if isLineBreak(bytes, at: index) {
                output += "\r\n".utf8
                column = 0
                continue
            }
            if byte == newline, index > 0, isLineBreak(bytes, at: index - 1) { continue }
            let isLast = index + 1 == bytes.count || isLineBreak(bytes, at: index + 1)
            let token = encoded(byte, atLineEnd: isLast, atLineStart: column == 0)
            // The 76th place is the soft line break's, unless the line ends here anyhow.
            if column + token.count > (isLast ? 76 : 75) {
                output += "=\r\n".utf8
                column = 0
            }
            output += token
            column += token.count
        }
        return output
    }

    private static let newline = UInt8(ascii: "\n")

    private static func isLineBreak(_ bytes: [UInt8], at index: Int) -> Bool {
        bytes[index] == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == newline
    }

    private static func encoded(_ byte: UInt8, atLineEnd: Bool, atLineStart: Bool) -> [UInt8] {
        switch byte {
        // White space at the end of a line is lost on the way; a line that begins with `From ` gets a `>` from mbox.
        case UInt8(ascii: " "), UInt8(ascii: "\t"): atLineEnd ? hex(byte) : [byte]
        case UInt8(ascii: "F") where atLineStart: hex(byte)
        case UInt8(ascii: "="): hex(byte)
        case 0x21...0x7e: [byte]
        default: hex(byte)
        }
    }

    /// `=3D` and the like: always upper case.
    static func hex(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 0xf)]]
    }
}
