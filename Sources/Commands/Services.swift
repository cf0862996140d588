package import Cryptography
package import Engine
package import Mailer
package import Metrics
package import Storage

/// What commands need of the world, put together once by the composition root.
package struct Services: Sendable {
    package let database: any Database
    package let clock: Clock
    let random: any RandomSource
    let hasher: PasswordHasher
    package let settings: DomainSettings
    let seats: SeatPolicy
    let accessTokens: AccessTokens
    let refreshTokens: RefreshTokens
    package let links: PasswordLinks
    let mails: Mails
    let passwordPolicy: PasswordPolicy
    package let sessionMetrics: SessionMetrics
    /// The actions that a webhook token can be limited to.
    let webhookActions: [Action]

    package init(
        database: any Database, clock: Clock, random: any RandomSource, keys: KeyRing, hasher: PasswordHasher,
        outbox: Outbox, settings: DomainSettings, webhookActions: [Action],
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) throws {
        self.database = database
        self.clock = clock
        self.random = random
        self.hasher = hasher
        self.settings = settings
        self.webhookActions = webhookActions
        sessionMetrics = SessionMetrics(metrics)
        seats = SeatPolicy(idle: settings.seatIdle)
        accessTokens = AccessTokens(
            keys: keys, issuer: settings.publicURL, audience: settings.audience, random: random)
        refreshTokens = RefreshTokens(keys: keys)
        links = PasswordLinks(
            keys: keys, random: random, inviteLifetime: settings.inviteLifetime, publicURL: settings.publicURL)
        mails = Mails(outbox: outbox)
        passwordPolicy = PasswordPolicy(common: try .bundled(), appName: settings.appName)
    }

    package var authenticator: Authenticator {
        Authenticator(database: database, clock: clock, tokens: accessTokens)
    }

    package var accountInspector: AccountInspector {
        AccountInspector(database: database, clock: clock, tokens: refreshTokens)
    }

    package var linkInspector: PasswordLinkInspector {
        PasswordLinkInspector(database: database, clock: clock, links: links)
    }
}
