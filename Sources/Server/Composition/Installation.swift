import Commands
import Cryptography
import Engine
import Logging
import Mailer
import Prometheus
import Storage

/// The one composition root: everything that serves, and every verb of the command line, is put together here.
struct Installation: Sendable {
    let settings: Settings
    let logs: Logs
    let logger: Logger
    let clock: Clock
    let random: any RandomSource
    let database: any Database
    let keys: KeyRing
    let hasher: PasswordHasher
    let outbox: Outbox
    let services: Services
    let engine: CommandEngine
    let mailBell: MailBell
    /// What this server is called among those of its database.
    let node: String
    let metrics: PrometheusMetricsFactory
    private let shipped: DescriptorDocument
    private let plugins: [any CommandPlugin]

    /// Opens the data folder and everything in it. When `creating`, which only the server does, it makes what is missing.
    static func open(_ settings: Settings, _ surroundings: Surroundings, overlay: Overlay?, creating: Bool)
        async throws -> Installation
    {
        let folder = DataFolder(path: settings.storage.folder)
        if creating { try folder.create() } else { try folder.check() }
        let metrics = ServerMetrics.makeFactory()
        let database = try settings.storage.openDatabase(
            creating: creating, metrics: metrics,
            logger: Logs(settings.log, environment: surroundings.environment, clock: .system()).logger("database"))
        do {
            return try await open(settings, surroundings, overlay, database, metrics, creating: creating)
        } catch {
            try? await database.close()
            throw PostgresAdvice.explained(error, settings.storage.database)
        }
    }

    private static func open(
        _ settings: Settings, _ surroundings: Surroundings, _ overlay: Overlay?, _ database: any Database,
        _ metrics: PrometheusMetricsFactory, creating: Bool
    ) async throws -> Installation {
        if !creating { try await settings.storage.checkThatServerHasStarted(on: database) }
        try await database.migrate(migrations(surroundings.plugins))
        let early = Logs(settings.log, environment: surroundings.environment, clock: .system()).logger("clock")
        let clock = surroundings.makeClock(try await database.read(LatestTime.stored)) { difference in
            early.warning(
                "the machine's clock was set; sessions and licences go on by the time that has passed",
                metadata: ["ahead": "\(difference)"])
        }
        let logs = Logs(settings.log, environment: surroundings.environment, clock: clock)
        let random = surroundings.random
        let keys = try await KeyRing.open(database, clock: clock, random: random) { isNew in
            // A new key beside a database that has keys would only hide that the old one is missing.
            try masterKey(settings.storage.masterKey, creating && isNew, random)
        }
        let hasher = PasswordHasher(random: random, metrics: metrics)
        let outbox = Outbox(random: random)
        let shipped = try AllCommands.descriptors()
        let services = try Services(
            database: database, clock: clock, random: random, keys: keys, hasher: hasher, outbox: outbox,
            settings: DomainSettings(settings),
            webhookActions: try webhookActions(shipped, surroundings.plugins), metrics: metrics)
        let plugins = AllCommands.plugins(services) + surroundings.plugins
        let registry = try Registry(plugins: plugins, shipped: shipped, overlay: overlay)
        let mailBell = MailBell()
        let engine = CommandEngine(
            registry: registry, database: database, clock: clock, logger: logs.logger("engine"),
            limiter: settings.web.hasRateLimits ? MemoryRateLimiter(clock: clock) : nil, metrics: metrics,
            afterCommit: { [sessions = services.sessionMetrics] work in
                sessions.note(work)
                if work.kinds.contains("mail") { mailBell.ring() }
            }, inEachWrite: LatestTime().keep)
        return Installation(
            settings: settings, logs: logs, logger: logs.logger(), clock: clock, random: random, database: database,
            keys: keys, hasher: hasher, outbox: outbox, services: services, engine: engine, mailBell: mailBell,
            node: try nodeName(settings.storage, random), metrics: metrics, shipped: shipped, plugins: plugins)
    }

    /// The commands with another overlay.
    func registry(_ overlay: Overlay?) throws -> Registry {
        try Registry(plugins: plugins, shipped: shipped, overlay: overlay)
    }

    /// What describes the commands.
    func documents() throws -> [DescriptorDocument] { [shipped] + (try plugins.compactMap { try $0.descriptors }) }

    func close() async throws {
        hasher.shutdown()
        try await database.close()
    }

    static func migrations(_ plugins: [any CommandPlugin]) -> [Migration] {
        [AuditLog.migration] + Outbox.migrations + DomainMigrations.all + plugins.flatMap(\.migrations)
    }

    private static func masterKey(_ source: MasterKeySource, _ creating: Bool, _ random: any RandomSource) throws
        -> MasterKey
    {
        switch source {
        case .given(let bytes): try MasterKey(bytes)
        case .file(let path): try MasterKey(MasterKeyFile(path: path).key(creating: creating, random: random))
        }
    }

    private static func webhookActions(_ shipped: DescriptorDocument, _ plugins: [any CommandPlugin]) throws -> [Action]
    {
        let documents = [shipped] + (try plugins.compactMap { try $0.descriptors })
        return documents.flatMap(\.descriptors).filter { $0.channels.contains(.webhook) }.map(\.action)
    }
}

extension DomainSettings {
    init(_ settings: Settings) {
        self.init(
            publicURL: settings.web.publicURL.description, audience: settings.web.audience, appName: settings.app.name,
            sessionLifetime: settings.lifetimes.session, seatIdle: settings.lifetimes.seatIdle,
            inviteLifetime: settings.lifetimes.invite)
    }
}
