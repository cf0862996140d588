package import Commands
package import Cryptography
package import Engine
package import JSON
package import Logging
package import Mailer
package import Storage

/// Everything that the HTTP side needs of the rest, put together once by the composition root.
package struct HTTPContext: Sendable {
    package let settings: HTTPSettings
    package let engine: CommandEngine
    package let tokens: TokenServices
    package let clock: Clock
    package let random: any RandomSource
    package let logger: Logger
    package let metrics: ServerMetrics
    /// What keeps the server from serving, a sentence each; empty when it is ready.
    package let readiness: @Sendable () async -> [String]
    /// How the mail is doing, for `/readyz`; nil when that cannot be told.
    package let mailStatus: @Sendable () async -> MailStatus?
    /// Whether the server is about to stop, so that connections are not kept.
    package let isDraining: @Sendable () -> Bool

    package init(
        settings: HTTPSettings, engine: CommandEngine, tokens: TokenServices, clock: Clock,
        random: any RandomSource = SystemRandom(), logger: Logger,
        metrics: ServerMetrics = ServerMetrics(),
        readiness: @escaping @Sendable () async -> [String],
        mailStatus: @escaping @Sendable () async -> MailStatus? = { nil },
        isDraining: @escaping @Sendable () -> Bool = { false }
    ) {
        self.settings = settings
        self.engine = engine
        self.tokens = tokens
        self.clock = clock
        self.random = random
        self.logger = logger
        self.metrics = metrics
        self.readiness = readiness
        self.mailStatus = mailStatus
        self.isDraining = isDraining
    }
}

extension HTTPContext {
    /// Which other sites may act with a user's cookies.
    var originRule: OriginRule { OriginRule(publicURL: settings.publicURL, allowed: settings.allowedOrigins) }

    var crossOrigin: CrossOrigin { CrossOrigin(rule: originRule, logger: logger) }
}

/// What is known about tokens, and the two commands that give refresh tokens, which go into cookies.
package struct TokenServices: Sendable {
    package typealias Authenticate = @Sendable (Secret) async throws -> Caller
    package typealias GiveTokens =
        @Sendable (JSONValue, CommandRequest) async throws(CommandFailure) -> any SessionTokens

    package let accessTokenCaller: Authenticate
    package let webhookTokenCaller: Authenticate
    package let login: GiveTokens
    package let refresh: GiveTokens
    /// Whether a mail link works; it is not spent.
    package let linkState: @Sendable (Secret) async throws -> PasswordLinkState
    /// The account behind a refresh token, which stays as it is; nil when the token does not work.
    package let account: @Sendable (Secret) async throws -> Account?
    /// The public keys (RFC 7517 §5).
    package let jwks: @Sendable () -> JSONValue
    /// For the tokens in forms.
    package let formKey: SecretBytes

    package init(
        accessTokenCaller: @escaping Authenticate, webhookTokenCaller: @escaping Authenticate,
        login: @escaping GiveTokens, refresh: @escaping GiveTokens,
        linkState: @escaping @Sendable (Secret) async throws -> PasswordLinkState,
        account: @escaping @Sendable (Secret) async throws -> Account?,
        jwks: @escaping @Sendable () -> JSONValue, formKey: SecretBytes
    ) {
        self.accessTokenCaller = accessTokenCaller
        self.webhookTokenCaller = webhookTokenCaller
        self.login = login
        self.refresh = refresh
        self.linkState = linkState
        self.account = account
        self.jwks = jwks
        self.formKey = formKey
    }

    /// The domain's own.
    package init(engine: CommandEngine, services: Services, keys: KeyRing) throws {
        let authenticator = services.authenticator
        let links = services.linkInspector
        let accounts = services.accountInspector
        self.init(
            accessTokenCaller: { try await authenticator.caller(accessToken: $0) },
            webhookTokenCaller: { try await authenticator.caller(webhookToken: $0) },
            login: { (payload, request) async throws(CommandFailure) in
                try await engine.run(Login.self, payload, for: request)
            },
            refresh: { (payload, request) async throws(CommandFailure) in
                try await engine.run(RefreshSession.self, payload, for: request)
            },
            linkState: { try await links.state(of: $0) }, account: { try await accounts.account(of: $0) },
            jwks: { keys.jwks }, formKey: try keys.key(for: "form-token"))
    }
}
