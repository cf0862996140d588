/// Walks over the bytes of a text.
struct ByteScanner {
    private(set) var rest: Substring.UTF8View

    init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

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
        return rest.popFirst()
    }

    /// Takes exactly `count` ASCII digits.
    mutating func number(digits count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = rest.popFirst(), digit.isASCIIDigit else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    /// Takes all bytes for which `predicate` holds, and says how many.
    mutating func skip(while predicate: (UInt8) -> Bool) -> Int {
        let taken = rest.prefix(while: predicate)
        rest = rest[taken.endIndex...]
        return taken.count
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

    var isHexDigit: Bool { isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }

    func isOne(of bytes: StaticString) -> Bool { bytes.withUTF8Buffer { $0.contains(self) } }
}
