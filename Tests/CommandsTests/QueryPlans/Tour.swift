import Commands
import Cryptography
import Engine
import JSON
import Logging
import Mailer
import Storage
import TestSupport
import Testing

/// Everything that a server does with its database, once.
struct Tour {
    let world: World
    private(set) var called: Set<Action> = []

    private let shop = Caller.webhook(id: 1, userID: 1, actions: nil)
    private let admin = Caller.user(id: 1, sessionID: 1, isAdmin: true)

    private let observer: Observer?

    init(of world: World, observer: Observer? = nil) {
        self.world = world
        self.observer = observer
    }

    mutating func run() async throws {
        try await users()
        try await licenses()
        try await sessions()
        try await ownAccount()
        try await tokens()
        try await looks()
        try await mails()
        try await ends()
    }

    @discardableResult
    private mutating func call(
        _ action: Action, _ payload: JSONValue = [:], as caller: Caller? = nil, on channel: Channel = .webhook,
        from userAgent: String = "Test"
    ) async throws -> JSONValue {
        called.insert(action)
        let request = CommandRequest(
            id: "tour", channel: channel, caller: caller ?? shop,
            client: Client(network: "192.0.2.1", userAgent: userAgent))
        guard let observer else { return try await world.engine.run(action, payload, for: request) }
        return try await observer.watch(action) { try await world.engine.run(action, payload, for: request) }
    }

    private mutating func anyone(_ action: Action, _ payload: JSONValue, from userAgent: String = "Test") async throws
        -> JSONValue
    {
        try await call(action, payload, as: .anonymous, on: .http, from: userAgent)
    }

    private mutating func login(_ more: JSONObject = [:]) async throws -> JSONValue {
        var payload: JSONObject = ["email": "ada@example.com", "password": .string(World.password)]
        for (key, value) in more { payload[key] = value }
        return try await anyone("login", .object(payload))
    }

    private mutating func setPassword(of user: Int64) async throws {
        let token = JSONValue.string(try await world.linkToken(of: user))
        let password = JSONValue.string(World.password)
        _ = try await anyone("create-password", ["token": token, "password": password, "confirm": password])
    }

    private mutating func users() async throws {
        try await call("create-user", ["email": "root@example.com", "name": "Root", "role": "ADMIN"])
        try await call("create-user", ["email": "Ada@example.com", "name": "Ada", "role": "ADMIN"])
        try await setPassword(of: 1)
        try await setPassword(of: 2)
        try await call("update-user", ["userId": 2, "role": "MANAGER", "newEmail": "ada@example.com"])
        try await call("update-user", ["userId": 2, "password": .string(World.password)])
        try await call("get-user", ["email": "ada@example.com"])
        let first = try await call("list-users", ["limit": 1])
        try await call("list-users", ["limit": 1, "cursor": first["nextCursor"] ?? .null])
        try await call("list-audit", ["limit": 1], as: admin, on: .http)
        try await call("list-mails")
        try await call("list-mails", ["state": "waiting"])
    }

    private mutating func licenses() async throws {
        for _ in 0..<2 {
            try await call(
                "create-license",
                ["email": "ada@example.com", "seats": 3, "validUntil": "never", "externalRef": "order-1"])
        }
        _ = try await login()
        _ = try await login()
        try await call("update-license", ["externalRef": "order-1", "seats": 1, "keepSessions": true])
        try await call("update-license", ["externalRef": "order-1", "seats": 2])
        try await call("create-license", ["userId": 2, "seats": 1, "validUntil": "never", "externalRef": "order-2"])
        try await call("delete-license", ["externalRef": "order-2"])
    }

    private mutating func sessions() async throws {
        let first = try await login(["deviceId": "laptop"])
        _ = try await login(["deviceId": "laptop", "refreshToken": first["refreshToken"] ?? .null])
        _ = try await login(["limited": true])
        let old: JSONValue = ["refreshToken": try await login()["refreshToken"] ?? .null]
        let new: JSONValue = ["refreshToken": try await anyone("refresh-token", old)["refreshToken"] ?? .null]
        _ = try await anyone("refresh-token", old)
        _ = try await anyone("refresh-token", new)
        world.clock.advance(by: .seconds(60))
        let refusal = try await code { try await anyone("refresh-token", old, from: "Thief") }
        #expect(refusal == .sessionRevoked)
        let session = try await login()["session"]?["id"] ?? .null
        try await call("revoke-session", ["sessionId": session])
        _ = try await login()
        try await call("revoke-all-user-sessions", ["userId": 2])
        _ = try await anyone("logout", ["refreshToken": try await login()["refreshToken"] ?? .null])
    }

    private mutating func ownAccount() async throws {
        let sessions = try [await login()["session"]?["id"], await login()["session"]?["id"]].map {
            try #require($0?.intValue)
        }
        let ada = Caller.user(id: 2, sessionID: sessions[0], isAdmin: false)
        try await call("list-own-sessions", as: ada, on: .http)
        try await call("revoke-own-session", ["sessionId": .number(JSONNumber(sessions[1]))], as: ada, on: .http)
        let password = JSONValue.string(World.password)
        try await call(
            "change-password", ["oldPassword": password, "password": password, "confirm": password], as: ada, on: .http)
        try await call("revoke-own-sessions", as: ada, on: .http)
        _ = try await anyone("reset-password", ["email": "ada@example.com"])
    }

    private mutating func tokens() async throws {
        let made = try await call("create-webhook", ["name": "shop"], as: admin, on: .http)
        let token = Secret(try #require(made["token"]?.stringValue))
        _ = try await world.services.authenticator.caller(webhookToken: token)
        try await call("revoke-webhook", ["webhookId": 1])
    }

    private mutating func looks() async throws {
        let tokens = try await login()
        let (access, refresh) = (tokens["accessToken"]?.stringValue, tokens["refreshToken"]?.stringValue)
        _ = try await world.services.authenticator.caller(accessToken: Secret(access ?? ""))
        #expect(try await world.services.accountInspector.account(of: Secret(refresh ?? "")) != nil)
        let link = Secret(try await world.linkToken(of: 2))
        guard case .live = try await world.services.linkInspector.state(of: link) else {
            Issue.record("The link does not work.")
            return
        }
        _ = try await world.database.read(LatestTime.stored)
        try await world.database.write { tx in try LatestTime().keep(Timestamp(milliseconds: 1), in: tx) }
        #expect(try await world.database.read(User.hasAdministrator))
    }

    private func mails() async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let files = try TemporaryFolder()
        let folder = files.file("mail")
        let worker = OutboxWorker(
            database: world.database, outbox: Outbox(random: SystemRandom()),
            content: DomainMailContent(templates: CurrentTemplates(try .shipped()), services: world.services),
            maximumLanes: 1, sender: Mailbox(address: try MailAddress("noreply@example.com")),
            clock: world.clock.clock, random: SystemRandom(), node: "test", logger: logger,
            makeTransport: { FileTransport(folder: folder, logger: logger) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            _ = try await eventually("the end of the mails") { try await worker.status().waiting == 0 ? true : nil }
            group.cancelAll()
        }
    }

    private mutating func ends() async throws {
        try await call("update-license", ["externalRef": "order-1", "validUntil": "2027-06-01", "keepSessions": true])
        world.clock.advance(by: .seconds(500 * 86_400))
        try await call("prune-sessions")
        await RetentionSweep(
            services: world.services, retention: Retention(audit: .seconds(86_400), sessions: .seconds(86_400)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, pause: {}
        ).run()
        try await call("delete-user", ["email": "ada@example.com"])
    }
}
