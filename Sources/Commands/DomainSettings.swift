/// What an operator decides about users, sessions and links.
package struct DomainSettings: Sendable {
    /// The only source of links and of the tokens' issuer; without a slash at its end.
    package let publicURL: String
    package let audience: String
    package let appName: String
    package let sessionLifetime: Duration
    /// How long a seat is kept without a refresh; nil for as long as the session lives.
    package let seatIdle: Duration?
    package let inviteLifetime: Duration

    package init(
        publicURL: String, audience: String, appName: String, sessionLifetime: Duration, seatIdle: Duration?,
        inviteLifetime: Duration
    ) {
        self.publicURL = publicURL
        self.audience = audience
        self.appName = appName
        self.sessionLifetime = sessionLifetime
        self.seatIdle = seatIdle
        self.inviteLifetime = inviteLifetime
    }
}
