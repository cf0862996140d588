package import Storage

/// How the mail is doing, for health checks and metrics.
package struct MailStatus: Sendable, Hashable {
    /// How many mails wait.
    package let waiting: Int
    /// When the one that waits longest was made.
    package let oldest: Timestamp?
    /// Why nothing is sent now; nil while all is well.
    package let pausedBecause: String?
    /// When one mail is tried again, to see whether it works.
    package let pausedUntil: Timestamp?
}
