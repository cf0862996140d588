import Engine

extension RateLimit {
    /// Requests for a reset mail from one network.
    static let resetRequests = Self(
        "reset-requests", .windows([.init(5, per: .seconds(600)), .init(20, per: .seconds(3600))]),
        counting: .attempts(except: [.unavailable]), complaint: "Too many reset mails were asked for from your network."
    )

    /// Reset mails to one address, whether or not somebody has it.
    ///
    /// Beyond it nothing is mailed, and the answer is the same. A refusal would tell whoever asks that the owner of the
    /// address, who must exist then, has asked too.
    static let resetMails = Self(
        "reset-mails", .windows([.init(3, per: .seconds(3600)), .init(10, per: .seconds(86_400))]),
        counting: .attempts(except: [.unavailable]), excess: .isNoted,
        complaint: "Too many reset mails were asked for with this address.")

    /// Uses of mail links from one network, good or not.
    static let linkUses = Self(
        "link-uses", .windows([.init(10, per: .seconds(60))]), counting: .attempts(except: []),
        complaint: "Too many passwords are set from your network.")
}
