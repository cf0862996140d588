extension Timestamp {
    /// The moment that a text names, as people and programs write it.
    ///
    /// - RFC 3339 with any offset (`Z`, `+02:00`, `+0200`), with `T` or a space, and 1 to 9 digits of a second's fraction
    ///   (what is finer than a millisecond is dropped); without an offset it is UTC
    /// - a date alone: 00:00 UTC of that day
    /// - 12 digits or more: milliseconds since 1970
    ///
    /// - Throws: ``TimestampError``, whose description says what would have worked.
    public init(lenient text: String) throws {
        if !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            try self.init(digits: text)
            return
        }
        var reader = TimestampReader(text)
        let milliseconds = try reader.read()
        guard Self.supported ~= milliseconds else { throw TimestampError.outOfRange(text) }
        self.init(milliseconds: milliseconds)
    }

    /// The moment so many milliseconds after 1970.
    ///
    /// - Throws: ``TimestampError`` when the number looks like seconds (below 10^11), or is after 9999.
    public init(lenient milliseconds: Int64) throws {
        guard milliseconds >= 0 else { throw TimestampError.outOfRange(String(milliseconds)) }
        guard milliseconds >= Self.leastMilliseconds else { throw TimestampError.looksLikeSeconds(milliseconds) }
        guard Self.supported ~= milliseconds else { throw TimestampError.outOfRange(String(milliseconds)) }
        self.init(milliseconds: milliseconds)
    }

    private init(digits: String) throws {
        guard let number = Int64(digits) else { throw TimestampError.outOfRange(digits) }
        switch digits.utf8.count {
        case ...8: throw TimestampError.wrongForm(digits)  // `20270101`, `2027`
        case ...11: throw TimestampError.looksLikeSeconds(number)
        default: try self.init(lenient: number)
        }
    }

    private static let leastMilliseconds: Int64 = 100_000_000_000
    /// From 1970-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
    private static let supported: ClosedRange<Int64> = 0...253_402_300_799_999
}
