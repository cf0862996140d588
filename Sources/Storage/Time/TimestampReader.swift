/// Reads RFC 3339 (§5.6) and its relatives, a byte at a time.
struct TimestampReader {
    private let text: String
    private var rest: Substring.UTF8View

    init(_ text: String) {
        self.text = text
        rest = Substring(text).utf8
    }

    /// Milliseconds since 1970, of any year from 0 to 9999.
    mutating func read() throws(TimestampError) -> Int64 {
        let midnight = try date()
        guard !rest.isEmpty else { return midnight }
        guard take("T") || take("t") || take(" ") else { throw .wrongForm(text) }
        let time = try timeOfDay()
        let fraction = try milliseconds()
        let offset = try offset()
        guard rest.isEmpty else { throw .wrongForm(text) }
        let wholeSeconds = midnight + time.milliseconds - offset
        // RFC 3339 §5.7: a leap second is 23:59:60 in UTC; it counts as the next day's first.
        guard !time.isLeapSecond || wholeSeconds % Int64(Timestamp.millisecondsOfDay) == 0 else {
            throw .noSuchTime(text)
        }
        return wholeSeconds + fraction
    }

    private mutating func date() throws(TimestampError) -> Int64 {
        let year = try number(digits: 4)
        try expect("-")
        let month = try number(digits: 2)
        try expect("-")
        let day = try number(digits: 2)
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw .noSuchDay(year: year, month: month, day: day)
        }
        return Int64(date.daysSince1970 * Timestamp.millisecondsOfDay)
    }

    private mutating func timeOfDay() throws(TimestampError) -> (milliseconds: Int64, isLeapSecond: Bool) {
        let hour = try number(digits: 2)
        try expect(":")
        let minute = try number(digits: 2)
        try expect(":")
        let second = try number(digits: 2)
        guard hour < 24, minute < 60, second <= 60 else { throw .noSuchTime(text) }
        return (Int64(((hour * 60 + minute) * 60 + second) * 1000), second == 60)
    }

    /// The fraction of a second, if there is one: 1 to 9 digits.
    private mutating func milliseconds() throws(TimestampError) -> Int64 {
        guard take(".") else { return 0 }
        var (value, count) = (0, 0)
        while let digit = takeDigit() {
            count += 1
            if count <= 3 { value = value * 10 + digit }
        }
        guard 1...9 ~= count else { throw .wrongForm(text) }
        for _ in count..<max(count, 3) { value *= 10 }
        return Int64(value)
    }

    /// How far the clock that wrote the text was ahead of UTC, in milliseconds.
    private mutating func offset() throws(TimestampError) -> Int64 {
        if rest.isEmpty || take("Z") || take("z") { return 0 }
        let isBehind = take("-")
        if !isBehind { try expect("+") }
        let hours = try number(digits: 2)
        _ = take(":")
        let minutes = try number(digits: 2)
        guard hours < 24, minutes < 60 else { throw .noSuchTime(text) }
        return Int64((isBehind ? -1 : 1) * (hours * 60 + minutes) * 60_000)
    }

    private mutating func number(digits count: Int) throws(TimestampError) -> Int {
        var value = 0
        for _ in 0..<count {
            guard let digit = takeDigit() else { throw .wrongForm(text) }
            value = value * 10 + digit
        }
        return value
    }

    private mutating func takeDigit() -> Int? {
        guard let byte = rest.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(TimestampError) {
        guard take(character) else { throw .wrongForm(text) }
    }
}
