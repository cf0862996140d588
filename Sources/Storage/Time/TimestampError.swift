/// Why a text or a number is no time; its description is a sentence for the person who sent it.
public enum TimestampError: Error, Sendable, Hashable {
    /// A whole number below 10^11: in milliseconds that would be before March 1973.
    case looksLikeSeconds(Int64)
    /// A day that the calendar does not have, such as 30 February.
    case noSuchDay(year: Int, month: Int, day: Int)
    /// An hour, minute, second or offset that no clock shows.
    case noSuchTime(String)
    /// Before 1970 or after 9999.
    case outOfRange(String)
    /// No form that is understood.
    case wrongForm(String)
}

extension TimestampError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .looksLikeSeconds(let seconds):
            "\(seconds) looks like seconds. Send milliseconds, or `\(Self.spelling(ofSeconds: seconds))`."
        case .noSuchDay(let year, let month, let day):
            Self.noSuchDay(year: year, month: month, day: day)
        case .noSuchTime(let text):
            "`\(text.shortened)` is not a time of day. \(Self.example)"
        case .outOfRange(let text):
            "`\(text.shortened)` is not between the years 1970 and 9999. \(Self.example)"
        case .wrongForm(let text):
            "`\(text.shortened)` is not a time. \(Self.example)"
        }
    }

    private static let example = "Send for example `2027-01-01T00:00:00Z`, or milliseconds since 1970."

    private static func spelling(ofSeconds seconds: Int64) -> String {
        Timestamp(milliseconds: max(0, seconds) * 1000).secondsText
    }

    private static func noSuchDay(year: Int, month: Int, day: Int) -> String {
        guard 1...12 ~= month else { return "There is no month \(month). \(example)" }
        let last = CivilDate.days(in: month, of: year)
        let nearest = CivilDate(year: year, month: month, day: min(max(day, 1), last))
        let spelling = Timestamp(milliseconds: Int64((nearest?.daysSince1970 ?? 0) * Timestamp.millisecondsOfDay))
        return "There is no day \(day) in that month, which has \(last). Send for example `\(spelling.secondsText)`."
    }
}

extension String {
    /// As much as fits in a sentence.
    fileprivate var shortened: String {
        count <= 40 ? self : prefix(39) + "…"
    }
}
