import Commands
import Cryptography
import Engine
import JSON
import Logging
import Mailer
import Storage
import TestSupport
import Testing

/// All commands on a database of their own, with a clock that the test moves.
struct World: Sendable {
    let engine: CommandEngine
    let services: Services
    let keys: KeyRing
    let database: any Database
    let clock: ManualClock
    /// Kept for as long as the database is used.
    let place: TestDatabase

    static let start = Timestamp(milliseconds: 1_800_000_000_000)
    static let publicURL = "https://auth.example.com"

    /// `log` notes every statement that runs after the migrations, `limits` the limits that calls are counted by.
    static func make(
        isLimited: Bool = false, limits: LimitLog? = nil, seatIdle: Duration? = .seconds(30 * 86_400),
        maximumMails: Int = 100_000,
        log: StatementLog? = nil
    ) async throws -> World {
        let place = try TestDatabase()
        let opened = try place.open()
        let database: any Database = if let log { LoggedDatabase(base: opened, log: log) } else { opened }
        try await database.migrate([AuditLog.migration] + Outbox.migrations + DomainMigrations.all)
        let clock = ManualClock(start)
        let random = SystemRandom()
        let keys = try await KeyRing.open(
            database, masterKey: MasterKey(SecretBytes(random.bytes(32))), clock: clock.clock, random: random)
        let services = try Services(
            database: database, clock: clock.clock, random: random, keys: keys,
            hasher: PasswordHasher(parameters: .quick, random: random),
            outbox: Outbox(random: random, maximumWaiting: maximumMails),
            settings: DomainSettings(
                publicURL: publicURL, audience: publicURL, appName: "Usher", sessionLifetime: .seconds(180 * 86_400),
                seatIdle: seatIdle, inviteLifetime: .seconds(3 * 86_400)),
            webhookActions: try AllCommands.descriptors().descriptors.map(\.action))
        let registry = try Registry(plugins: AllCommands.plugins(services), shipped: AllCommands.descriptors())
        var limiter: (any RateLimiter)? = isLimited ? MemoryRateLimiter(clock: clock.clock) : nil
        if let base = limiter, let limits { limiter = LoggedLimiter(base: base, log: limits) }
        let engine = CommandEngine(
            registry: registry, database: database, clock: clock.clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            limiter: limiter)
        return World(engine: engine, services: services, keys: keys, database: database, clock: clock, place: place)
    }

    /// Calls an action as a shop does, with a webhook token that may do everything.
    @discardableResult
    func shop(_ action: Action, _ payload: JSONValue) async throws(CommandFailure) -> JSONValue {
        try await engine.run(
            action, payload,
            for: CommandRequest(
                id: "test", channel: .webhook, caller: .webhook(id: 1, userID: 1, actions: nil), client: Client()))
    }

    /// Calls an action of the auth routes, as anybody may.
    @discardableResult
    func anyone(_ action: Action, _ payload: JSONValue, userAgent: String? = "Test", from network: String = "192.0.2.1")
        async throws(CommandFailure)
        -> JSONValue
    {
        try await engine.run(
            action, payload,
            for: CommandRequest(
                id: "test", channel: .http, caller: .anonymous, client: Client(network: network, userAgent: userAgent)))
    }

    static let password = "correct horse battery"

    /// A user with a password, and a licence if `seats` is given; the id.
    func user(_ email: String = "ada@example.com", seats: Int? = nil, until end: JSONValue = "never") async throws
        -> Int64
    {
        var payload: JSONObject = ["email": .string(email), "name": "Ada Lovelace"]
        if let seats { payload["license"] = ["seats": .number(JSONNumber(Int64(seats))), "validUntil": end] }
        let user = try await shop("create-user", .object(payload))
        let id = try #require(user["id"]?.intValue)
        try await setPassword(of: id, to: Self.password)
        return id
    }

    func setPassword(of user: Int64, to password: String) async throws {
        try await anyone(
            "create-password",
            [
                "token": .string(try await linkToken(of: user)), "password": .string(password),
                "confirm": .string(password),
            ])
    }

    /// The token of the user's newest link that works.
    func linkToken(of user: Int64) async throws -> String {
        let (links, now) = (services.links, clock.now)
        let url = try await database.read { tx in
            try links.newest(of: User.ID(rawValue: user), at: now, in: tx).map(links.url(of:))
        }
        return try #require(url?.split(separator: "=").last.map(String.init))
    }

    func login(_ email: String = "ada@example.com", _ more: JSONObject = [:], userAgent: String? = "Test")
        async throws -> JSONValue
    {
        var payload: JSONObject = ["email": .string(email), "password": .string(Self.password)]
        for (key, value) in more { payload[key] = value }
        return try await anyone("login", .object(payload), userAgent: userAgent)
    }

    func refresh(_ token: JSONValue?, userAgent: String? = "Test") async throws -> JSONValue {
        try await anyone("refresh-token", ["refreshToken": token ?? .null], userAgent: userAgent)
    }

    /// How many mails of a template wait in the outbox.
    func mails(_ template: String) async throws -> Int {
        try await database.read { tx in
            try tx.row("SELECT COUNT(*) AS count FROM outbox WHERE template = $1", template)?.int("count") ?? 0
        }
    }
}

/// The code of the failure that `body` ends with; nil when it succeeds.
func code(of body: () async throws -> some Any) async throws -> CommandFailure.Code? {
    do {
        _ = try await body()
        return nil
    } catch let failure as CommandFailure {
        return failure.code
    }
}

extension PasswordParameters {
    /// Real scrypt, at a cost of microseconds: what these tests are about is not the hash.
    static let quick = Self.scrypt(logCost: 4, blockSize: 1, parallelization: 1)
}
