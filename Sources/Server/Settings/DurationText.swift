/// Durations as operators write them: a whole number and `d`, `h`, `m` or `s`; `0` alone is none.
enum DurationText {
    private static let units: [(unit: Character, seconds: Int64)] = [("d", 86400), ("h", 3600), ("m", 60), ("s", 1)]

    static func parse(_ text: String, within range: ClosedRange<Duration>) throws(WrongValue) -> Duration {
        guard let seconds = seconds(text) else {
            throw WrongValue("is not a duration. Write it like 30d, 12h, 10m or 45s.")
        }
        let duration = Duration.seconds(seconds)
        guard range.contains(duration) else {
            throw WrongValue("is out of range. Write \(format(range.lowerBound)) to \(format(range.upperBound)).")
        }
        return duration
    }

    private static func seconds(_ text: String) -> Int64? {
        if text == "0" { return 0 }
        guard let factor = units.first(where: { $0.unit == text.last })?.seconds else { return nil }
        let digits = text.dropLast()
        // Ten digits keep the product within 64 bits, and the range is checked by the caller.
        guard 1...10 ~= digits.utf8.count, digits.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int64(digits).map { $0 * factor }
    }

    /// The shortest text that ``parse(_:within:)`` reads as this many whole seconds.
    static func format(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        guard seconds != 0, let unit = units.first(where: { seconds.isMultiple(of: $0.seconds) }) else { return "0" }
        return "\(seconds / unit.seconds)\(unit.unit)"
    }
}
