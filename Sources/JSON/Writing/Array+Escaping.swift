extension [UInt8] {
    /// Appends a text as a JSON string.
    mutating func appendQuoted(_ text: String) {
        append(UInt8(ascii: "\""))
        let isWritten = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0) } != nil
        if !isWritten { Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0) } }
        append(UInt8(ascii: "\""))
    }

    /// Appends the inside of a JSON string: quotes, backslashes and control characters escaped, all else as it is.
    mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var plain = 0
        while let place = text.firstEscaped(from: plain) {
            append(contentsOf: text[plain..<place])
            appendEscape(text[place])
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

extension UnsafeBufferPointer<UInt8> {
    /// The place of the first byte at or after `start` that a JSON string cannot hold as it is.
    fileprivate func firstEscaped(from start: Int) -> Int? {
        var place = start
        let bytes = UnsafeRawBufferPointer(self)
        // Most text has none, so eight bytes are looked at together.
        while place + 8 <= count, !bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).hasEscapedByte {
            place += 8
        }
        return self[place...].firstIndex { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    }
}

extension UInt64 {
    /// Whether one of its eight bytes is a quote, a backslash or a control character; it may say so wrongly, of bytes
    /// beyond ASCII.
    fileprivate var hasEscapedByte: Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // "Bit Twiddling Hacks", Sean Eron Anderson: a byte that is zero, or below n, sets the high bit of its place.
        func zeroes(_ bytes: UInt64) -> UInt64 { (bytes &- ones) & ~bytes }
        let controls = (self &- ones &* 0x20) & ~self
        let found = controls | zeroes(self ^ ones &* 0x22) | zeroes(self ^ ones &* 0x5c)
        return found & (ones << 7) != 0
    }
}
