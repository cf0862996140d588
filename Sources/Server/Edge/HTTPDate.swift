import Storage
import Synchronization

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

/// The `Date` of answers, which is written anew only once a second.
final class CurrentHTTPDate: Sendable {
    private let latest = Mutex((second: Int64.min, text: ""))

    func text(at now: Timestamp) -> String {
        latest.withLock { latest in
            if latest.second != now.seconds { latest = (now.seconds, HTTPDate.text(now)) }
            return latest.text
        }
    }
}
