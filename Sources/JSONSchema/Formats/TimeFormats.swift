import JSON

/// Dates and times (RFC 3339 section 5.6).
enum TimeFormats {
    static func isDateTime(_ text: String) -> Bool {
        text.withBytes { bytes in
            var scanner = ByteScanner(bytes)
            return takeDate(&scanner) && scanner.take(anyOf: "Tt") != nil && takeTime(&scanner) && scanner.isAtEnd
        }
    }

    static func isDate(_ text: String) -> Bool {
        text.withBytes { bytes in
            var scanner = ByteScanner(bytes)
            return takeDate(&scanner) && scanner.isAtEnd
        }
    }

    static func isTime(_ text: String) -> Bool {
        text.withBytes { bytes in
            var scanner = ByteScanner(bytes)
            return takeTime(&scanner) && scanner.isAtEnd
        }
    }

    private static func takeDate(_ scanner: inout ByteScanner) -> Bool {
        guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(digits: 2),
            scanner.take("-"), let day = scanner.number(digits: 2), (1...12).contains(month)
        else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days =
            switch month {
            case 2: isLeap ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        return day >= 1 && day <= days
    }

    private static func takeTime(_ scanner: inout ByteScanner) -> Bool {
        guard let hour = scanner.number(digits: 2), scanner.take(":"), let minute = scanner.number(digits: 2),
            scanner.take(":"), let second = scanner.number(digits: 2), hour < 24, minute < 60, second <= 60
        else { return false }
        if scanner.take("."), scanner.skip(while: \.isASCIIDigit) == 0 { return false }
        guard let offset = takeOffset(&scanner) else { return false }
        // A leap second is the last of a day in UTC.
        let minutesInUTC = (hour * 60 + minute - offset + 2 * 1440) % 1440
        return second < 60 || minutesInUTC == 1439
    }

    /// In minutes.
    private static func takeOffset(_ scanner: inout ByteScanner) -> Int? {
        guard let sign = scanner.take(anyOf: "Zz+-") else { return nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return 0 }
        guard let hours = scanner.number(digits: 2), scanner.take(":"), let minutes = scanner.number(digits: 2),
            hours < 24, minutes < 60
        else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }
}
