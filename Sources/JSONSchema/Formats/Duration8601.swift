import JSON

/// Durations (RFC 3339 appendix A).
enum Duration8601 {
    static func isDuration(_ text: String) -> Bool { text.withBytes(isDuration) }

    private static func isDuration(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(bytes)
        guard scanner.take("P") else { return false }
        let units = takeUnits(&scanner, of: "YMWD")
        guard let units, ["", "Y", "YM", "YMD", "M", "MD", "D", "W"].contains(units) else { return false }
        if scanner.isAtEnd { return !units.isEmpty }
        guard units != "W", scanner.take("T"), let times = takeUnits(&scanner, of: "HMS") else { return false }
        return ["H", "HM", "HMS", "M", "MS", "S"].contains(times) && scanner.isAtEnd
    }

    /// The letters that follow numbers; nil if a number has none.
    private static func takeUnits(_ scanner: inout ByteScanner, of letters: StaticString) -> String? {
        var units = ""
        while scanner.next?.isASCIIDigit ?? false {
            _ = scanner.skip(while: \.isASCIIDigit)
            guard let unit = scanner.take(anyOf: letters) else { return nil }
            units.unicodeScalars.append(Unicode.Scalar(unit))
        }
        return units
    }
}
