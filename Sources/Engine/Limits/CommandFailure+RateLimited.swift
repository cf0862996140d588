extension CommandFailure {
    /// What a limit refused, with the time after which it would not.
    static func rateLimited(_ refusal: LimitRefusal) -> Self {
        let wait = "Try again in \(inWords(refusal.retryAfter))."
        let sentences = [refusal.limit.complaint, wait, refusal.limit.hint]
        return Self(
            .rateLimited, sentences.compactMap(\.self).joined(separator: " "), retryAfter: refusal.retryAfter)
    }

    /// Rounded up, so that who comes back then is not refused again.
    private static func inWords(_ span: Duration) -> String {
        let milliseconds = max(1, span.components.seconds * 1000 + span.components.attoseconds / 1_000_000_000_000_000)
        let seconds = (milliseconds + 999) / 1000
        if seconds == 1 { return "a second" }
        if seconds <= 90 { return "\(seconds) seconds" }
        if seconds <= 90 * 60 { return "\((seconds + 59) / 60) minutes" }
        return "\((seconds + 3599) / 3600) hours"
    }
}
