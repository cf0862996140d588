extension UnsafeBufferPointer<UInt8> {
    /// The code point that begins at `place`, which moves behind it. The bytes must be valid UTF-8, as those of a `String`.
    func scalar(at place: inout Int) -> Unicode.Scalar {
        let first = UInt32(self[place])
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = length == 1 ? first : first & (0x7F >> UInt32(length))
        for next in (place + 1)..<(place + length) { value = value << 6 | UInt32(self[next] & 0x3F) }
        place += length
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
