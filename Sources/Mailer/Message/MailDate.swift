import Storage

extension Timestamp {
    /// The moment as a message's header says it: `Mon, 23 Nov 2026 20:15:00 +0000` (RFC 5322 §3.3).
    var mailDate: String {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        // 1970-01-01 was a Thursday.
        let weekday = Self.weekdays[Int(((days + 3) % 7 + 7) % 7)]
        // Of `2026-11-23T20:15:00.000Z`.
        let parts = description.split { "-T.".contains($0) }
        let month = Int(parts[1]).map { Self.months[$0 - 1] } ?? ""
        let day = parts[2].first == "0" ? parts[2].dropFirst() : parts[2]
        return "\(weekday), \(day) \(month) \(parts[0]) \(parts[3]) +0000"
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
