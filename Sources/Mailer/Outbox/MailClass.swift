/// How urgent a mail is and for how long it makes sense to try.
package enum MailClass: String, Sendable, CaseIterable {
    /// Somebody waits for it: it goes first, and is given up after minutes.
    case reset
    case invitation
    case notification

    /// How long to wait after each failed attempt. The first attempt is made at once; after the last, none
    /// (RFC 5321 §4.5.4.1 asks for 4 to 5 days).
    var retries: [Duration] {
        switch self {
        case .reset: [.seconds(5), .seconds(30), .minutes(2), .minutes(5), .minutes(10)]
        case .invitation, .notification:
            [.minutes(1), .minutes(5), .minutes(30), .hours(2), .hours(6), .hours(12)]
                + Array(repeating: .hours(24), count: 4)
        }
    }

    /// Which mails go first: the lowest.
    var priority: Int {
        switch self {
        case .reset: 0
        case .invitation: 1
        case .notification: 2
        }
    }
}

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }

    static func hours(_ count: Int) -> Duration { .seconds(3600 * count) }
}
