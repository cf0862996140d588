extension [UInt8] {
    /// Appends the inside of a JSON string: quotes, backslashes and control characters escaped, all else as it is.
    mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var plain = 0
        for (place, byte) in text.enumerated() {
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            append(contentsOf: text[plain..<place])
            appendEscape(byte)
            plain = place + 1
        }
        append(contentsOf: text[plain...])
    }

    private mutating func appendEscape(_ byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x00..<0x20:
            append(contentsOf: byte < 0x10 ? "u000".utf8 : "u001".utf8)
            append(contentsOf: String(byte & 0x0F, radix: 16).utf8)
        default: append(byte)
        }
    }
}
