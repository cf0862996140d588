package import Storage

/// How the mail is doing, for health checks: nothing in it but what everybody may know.
package struct MailStatus: Sendable, Hashable {
    /// Why nothing is sent now, and until when.
    package struct Pause: Sendable, Hashable {
        package let trouble: MailTrouble
        /// What the server answered, if it did.
        package let code: Int?
        /// When one mail is tried, to see whether it works again.
        package let until: Timestamp

        package init(trouble: MailTrouble, code: Int?, until: Timestamp) {
            self.trouble = trouble
            self.code = code
            self.until = until
        }
    }

    /// How many mails wait.
    package let waiting: Int
    /// When the one that waits longest was made.
    package let oldest: Timestamp?
    /// Nil while all is well.
    package let pause: Pause?

    package init(waiting: Int, oldest: Timestamp?, pause: Pause? = nil) {
        self.waiting = waiting
        self.oldest = oldest
        self.pause = pause
    }
}
