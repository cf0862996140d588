import Commands
import Engine
import JSON
import Logging
import Storage
import Synchronization
import TestSupport
import Testing

/// What is deleted because of its age, and what is kept.
struct RetentionTests {
    private static let instant = Duration.milliseconds(1)

    private func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }

    private func sweep(_ world: World, pause: @escaping @Sendable () async throws -> Void = {}) async {
        await RetentionSweep(
            services: world.services, retention: Retention(audit: days(400), sessions: days(30)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, pause: pause
        ).run()
    }

    private func count(_ table: String, where condition: String = "1 = 1", _ world: World) async throws -> Int {
        try await world.database.read { tx in
            try tx.row("SELECT COUNT(*) AS count FROM \(table) WHERE \(condition)")?.int("count") ?? 0
        }
    }

    @Test func anEndedSessionIsRememberedForThirtyDays() async throws {
        let world = try await World.make()
        _ = try await world.user(seats: 1)
        let ended = try await world.login()["refreshToken"]
        try await world.anyone("logout", ["refreshToken": ended ?? .null])
        let live = try await world.login()["refreshToken"]

        world.clock.advance(by: days(30))
        await sweep(world)
        #expect(try await code { try await world.refresh(ended) } == .sessionRevoked)

        world.clock.advance(by: Self.instant)
        await sweep(world)
        #expect(try await code { try await world.refresh(ended) } == .invalidToken)
        #expect(try await code { try await world.refresh(live) } == nil)
        #expect(try await world.anyone("logout", ["refreshToken": ended ?? .null]) == ["success": true])
    }

    @Test func aSessionThatNobodyEndedCountsFromTheEndOfItsLifetime() async throws {
        let world = try await World.make(seatIdle: nil)
        let user = try await world.user(seats: 1)
        let token = try await world.login("ada@example.com", ["expiresIn": 3600])["refreshToken"]

        world.clock.advance(by: .seconds(3600) + days(30))
        await sweep(world)
        #expect(try await code { try await world.refresh(token) } == .sessionRevoked)

        world.clock.advance(by: Self.instant)
        await sweep(world)
        #expect(try await count("sessions", world) == 0)
        #expect(try await code { try await world.refresh(token) } == .invalidToken)
        let login = try await world.login()
        #expect(login["session"]?["limited"] == false && login["user"]?["id"]?.intValue == user)
    }

    @Test func aUsedLinkGoesThirtyDaysAfterItsUse() async throws {
        let world = try await World.make()
        _ = try await world.user()
        world.clock.advance(by: days(30))
        await sweep(world)
        #expect(try await count("password_links", world) == 1)
        world.clock.advance(by: Self.instant)
        await sweep(world)
        #expect(try await count("password_links", world) == 0)
    }

    /// An invitation's time begins when its mail is delivered, however late that is.
    @Test func anExpiredLinkStaysWhileItsMailWaits() async throws {
        let world = try await World.make()
        try await world.shop("create-user", ["email": "late@example.com", "name": "Late"])
        world.clock.advance(by: days(3 + 30) + Self.instant)
        await sweep(world)
        #expect(try await count("password_links", world) == 1)

        let now = world.clock.now
        _ = try await world.database.write { tx in
            try tx.execute("UPDATE outbox SET state = 'sent', finished_at = $1", now)
        }
        await sweep(world)
        #expect(try await count("password_links", world) == 0)
    }

    @Test func theAuditIsKeptForFourHundredDays() async throws {
        let world = try await World.make()
        _ = try await world.user()
        let old = try await count("audit", world)
        world.clock.advance(by: days(400))
        await sweep(world)
        #expect(try await count("audit", world) == old)

        try await world.shop("create-user", ["email": "new@example.com", "name": "New"])
        world.clock.advance(by: Self.instant)
        await sweep(world)
        let left = try await world.database.read { tx in try AuditLog.list(after: 0, limit: 10, in: tx) }
        #expect(left.map(\.action) == ["create-user"] && left.first?.id == Int64(old + 1))
    }

    @Test func aLongTableIsSweptInStepsBetweenWhichOthersWrite() async throws {
        let world = try await World.make()
        _ = try await world.database.write { tx in
            try tx.execute(
                """
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2000)
                INSERT INTO audit (at, action, outcome, caller_kind, request_id, changes)
                SELECT $1 + n, 'login', 'refused', 'anonymous', 'old', '[]' FROM numbers
                """, World.start)
        }
        world.clock.advance(by: days(401))
        let left = Mutex<[Int]>([])
        await sweep(world) {
            let old = try await count("audit", where: "request_id = 'old'", world)
            let number = left.withLock { left in
                left.append(old)
                return left.count
            }
            try await world.shop("create-user", ["email": .string("user\(number)@example.com"), "name": "Ann"])
        }
        // Four full steps and one that finds nothing, then those of the other tables.
        #expect(left.withLock { $0 } == [1500, 1000, 500, 0, 0, 0, 0])
        #expect(try await count("users", world) == 7)
    }

    @Test func aSweepThatIsStoppedEndsAfterItsStep() async throws {
        let world = try await World.make()
        _ = try await world.user()
        world.clock.advance(by: days(401))
        await sweep(world) { throw CancellationError() }
        #expect(try await count("audit", world) == 0)
        #expect(try await count("password_links", world) == 1)
    }
}
