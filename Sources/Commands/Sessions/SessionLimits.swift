import Engine

extension RateLimit {
    /// Failed logins from one network. What succeeds does not count: many seats may be behind one address.
    static let failedLogins = Self(
        "failed-logins", .windows([.init(10, per: .seconds(60)), .init(100, per: .seconds(3600))]),
        counting: .failures([.invalidCredentials]), complaint: "Too many logins from your network failed.")

    /// All logins from one network.
    static let logins = Self(
        "logins", .windows([.init(120, per: .seconds(60))]), counting: .attempts(except: []),
        complaint: "Too many logins come from your network.")

    /// Failed logins in a row for one address, whether or not somebody has it.
    ///
    /// At 100 the password does not help any more (NIST SP 800-63B-4, 3.2.2), until a new one is set.
    static let loginFailuresInARow = Self(
        "login-failures-in-a-row",
        .backoff(
            .init(
                free: 5, longest: .seconds(900), ceiling: 100, retryAtCeiling: .seconds(86_400),
                memory: .seconds(30 * 86_400))),
        counting: .failures([.invalidCredentials]), complaint: "Too many passwords for this address were wrong.",
        hint: "You can also set a new password by way of a reset mail.")

    /// Refreshes of one session; tokens that are not genuine do not count, so nobody uses up the session of another.
    static let refreshes = Self(
        "refreshes", .windows([.init(30, per: .seconds(60))]), counting: .attempts(except: [.invalidToken]),
        complaint: "This session refreshes too often. Once in 10 minutes is enough.")

    /// Refresh tokens from one network that are not ours. A right one passes, whatever the neighbours send.
    static let invalidRefreshTokens = Self(
        "invalid-refresh-tokens", .windows([.init(60, per: .seconds(300))]), counting: .failures([.invalidToken]),
        excess: .isRefusedOnceFailed, complaint: "Too many refresh tokens from your network are not valid.")
}

extension LimitUse.Companion {
    /// Whoever holds a token of a live session of the user has logged in before.
    static func session(_ id: Session.ID) -> Self { Self("session \(id)", isProven: true) }
}
