import Storage

/// The form of time in HTTP headers (RFC 9110 §5.6.7).
enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, of a time from 1970 on.
    static func text(_ time: Timestamp) -> String {
        // `1994-11-06T08:49:37.000Z`
        let parts = time.description.split { "-T.".contains($0) }
        // 1970 began on a Thursday.
        let day = days[Int(time.seconds / 86_400) % 7]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(day), \(parts[2]) \(month) \(parts[0]) \(parts[3]) GMT"
    }
}
