/// What came of carrying one mail.
package struct Delivery: Sendable, Hashable {
    package enum Verdict: Sendable, Hashable {
        /// The server has taken the mail, and with it the duty to deliver it.
        case sent
        /// Not now: greylisted, mailbox busy. This mail again later; others may go.
        case delayed
        /// Never: the address or this mail is not wanted.
        case refused
        /// Never, for reasons of policy (`5.7.x` after MAIL): this recipient, unless it goes on with others.
        case refusedByPolicy
        /// No mail will get through until somebody changes settings here or at the server.
        case misconfigured
        /// The server cannot be reached, or broke off; maybe it has the mail and maybe not.
        case unreachable
        /// We gave up because the process is ending.
        case interrupted
    }

    package let verdict: Verdict
    /// The server's last reply code; nil when it said nothing.
    package let code: Int?
    /// What the server said, or what went wrong.
    package let text: String
    /// What is wrong with the transport, where the verdict is about that.
    package let trouble: MailTrouble?

    /// For an unreachable or misconfigured transport `trouble` is ``MailTrouble/unreachable``, ``MailTrouble/busy`` (the
    /// server said a code) or ``MailTrouble/local``, unless given.
    package init(_ verdict: Verdict, code: Int? = nil, text: String, trouble: MailTrouble? = nil) {
        self.verdict = verdict
        self.code = code
        self.text = text
        self.trouble =
            switch verdict {
            case .unreachable: trouble ?? (code == nil ? .unreachable : .busy)
            case .misconfigured: trouble ?? .local
            case .refusedByPolicy: .policy
            case .sent, .delayed, .refused, .interrupted: nil
            }
    }
}
