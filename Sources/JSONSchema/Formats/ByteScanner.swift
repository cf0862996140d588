/// Walks over the bytes of a text.
struct ByteScanner {
    private(set) var rest: Slice<UnsafeBufferPointer<UInt8>>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    var next: UInt8? { rest.first }

    /// Takes `byte`, if that is next.
    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard let next = rest.first, UInt32(next) == byte.value else { return false }
        rest.removeFirst()
        return true
    }

    /// Takes the next byte if it is one of `bytes`.
    mutating func take(anyOf bytes: StaticString) -> UInt8? {
        guard let next = rest.first, bytes.withUTF8Buffer({ $0.contains(next) }) else { return nil }
        rest.removeFirst()
        return next
    }

    /// Takes exactly `count` ASCII digits.
    mutating func number(digits count: Int) -> Int? {
        guard rest.count >= count else { return nil }
        var value = 0
        for byte in rest.prefix(count) {
            guard byte.isASCIIDigit else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        rest = rest.dropFirst(count)
        return value
    }

    /// Takes all bytes for which `predicate` holds, and says how many.
    mutating func skip(while predicate: (UInt8) -> Bool) -> Int {
        let before = rest.count
        rest = rest.drop(while: predicate)
        return before - rest.count
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    var isASCIILetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

    var isHexDigit: Bool { isASCIIDigit || (self | 0x20) &- UInt8(ascii: "a") < 6 }

    func isOne(of bytes: StaticString) -> Bool { bytes.withUTF8Buffer { $0.contains(self) } }
}
