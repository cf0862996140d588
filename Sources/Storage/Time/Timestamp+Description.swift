extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2027-01-01T00:00:00.000Z`.
    public var description: String { text(withMilliseconds: true) }

    /// The same without the fraction, `2027-01-01T00:00:00Z`, for sentences that suggest a spelling.
    var secondsText: String { text(withMilliseconds: false) }

    private func text(withMilliseconds: Bool) -> String {
        let days = Int(milliseconds).flooredQuotient(by: Self.millisecondsOfDay)
        let remainder = Int(milliseconds) % Self.millisecondsOfDay
        let ofDay = remainder >= 0 ? remainder : remainder + Self.millisecondsOfDay
        let date = CivilDate(daysSince1970: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        text.append(date.year, digits: 4)
        text.append(date.month, digits: 2, after: "-")
        text.append(date.day, digits: 2, after: "-")
        text.append(ofDay / 3_600_000, digits: 2, after: "T")
        text.append(ofDay / 60_000 % 60, digits: 2, after: ":")
        text.append(ofDay / 1000 % 60, digits: 2, after: ":")
        if withMilliseconds { text.append(ofDay % 1000, digits: 3, after: ".") }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    static let millisecondsOfDay = 86_400_000
}

extension [UInt8] {
    /// Appends a number, filled up with zeros to at least so many digits.
    fileprivate mutating func append(_ number: Int, digits: Int, after separator: Unicode.Scalar? = nil) {
        if let separator { append(UInt8(ascii: separator)) }
        if number < 0 { append(UInt8(ascii: "-")) }
        let start = count
        var rest = number.magnitude
        while rest > 0 || count - start < digits {
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        }
        self[start...].reverse()
    }
}
