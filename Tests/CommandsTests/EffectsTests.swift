import Commands
import Engine
import JSON
import Storage
import Synchronization
import TestSupport
import Testing

/// `commands.json` says of each command what it does besides answering: seen by doing everything once.
@Suite(.enabled(if: DatabaseKind.isSQLite, "reads SQLite's tables"))
struct EffectsTests {
    @Test func everyCommandDoesWhatItsDescriptorSays() async throws {
        let limits = LimitLog()
        let world = try await World.make(isLimited: true, limits: limits)
        let observer = Observer(world, limits)
        var tour = Tour(of: world, observer: observer)
        try await tour.run()
        let seen = observer.seen
        for descriptor in try AllCommands.descriptors().descriptors {
            let effects = try #require(seen[descriptor.action], "\(descriptor.action)")
            #expect(effects.limits == Set(descriptor.rateLimits), "limits of \(descriptor.action)")
            #expect(effects.mails == Set(descriptor.effects.mails), "mails of \(descriptor.action)")
        }
    }

    @Test func everyMailThatIsNamedIsOne() throws {
        let named = Set(try AllCommands.descriptors().descriptors.flatMap(\.effects.mails))
        #expect(named == Set(MailTemplates.names))
    }
}

/// Watches each call of a tour: what it changed, mailed and counted, and whether the same call again does so again.
final class Observer: Sendable {
    struct Effects {
        var mails: Set<String> = []
        var limits: Set<String> = []
    }

    private let world: World
    private let limits: LimitLog
    private let noted = Mutex<[Action: Effects]>([:])

    init(_ world: World, _ limits: LimitLog) {
        self.world = world
        self.limits = limits
    }

    var seen: [Action: Effects] { noted.withLock { $0 } }

    func watch(_ action: Action, _ call: () async throws -> JSONValue) async throws -> JSONValue {
        let descriptor = try #require(world.engine.registry.descriptor(action))
        limits.clear()
        let (before, earlier) = try await (tables(), mails())
        let result: Result<JSONValue, any Error>
        do {
            result = .success(try await call())
        } catch {
            result = .failure(error)
        }
        let (after, later) = try await (tables(), mails())
        if descriptor.effects.isReadOnly { #expect(before == after, "\(action) changed something") }
        noted.withLock {
            $0[action, default: Effects()].mails.formUnion(later.filter { earlier[$0.key] == nil }.values)
            $0[action, default: Effects()].limits.formUnion(limits.names)
        }
        if descriptor.effects.isIdempotent {
            _ = try? await call()
            #expect(try await tables() == after, "\(action) changed something the second time")
        }
        return try result.get()
    }

    /// The templates of the mails in the outbox, by their ids.
    private func mails() async throws -> [Int64: String] {
        try await world.database.read { tx in
            let rows = try tx.rows("SELECT id, template FROM outbox")
            return Dictionary(try rows.map { (try $0.int64("id"), try $0.string("template")) }) { first, _ in first }
        }
    }

    /// All rows that say something of users, without what only holds rows against each other.
    private func tables() async throws -> [String] {
        try await world.database.read { tx in
            try ["users", "licenses", "sessions", "webhooks", "password_links", "outbox"].flatMap { table in
                let columns = try tx.rows("SELECT name FROM pragma_table_info('\(table)') WHERE name <> 'version'")
                let line = try columns.map { "quote(\"\(try $0.string("name"))\")" }.joined(separator: " || ' ' || ")
                return try tx.rows("SELECT \(line) AS line FROM \(table) ORDER BY line").map { try $0.string("line") }
            }
        }
    }
}

/// The limits that calls are counted by.
final class LimitLog: Sendable {
    private let noted = Mutex<Set<String>>([])

    var names: Set<String> { noted.withLock { $0 } }

    func note(_ uses: [LimitUse]) { noted.withLock { $0.formUnion(uses.map(\.limit.name)) } }

    func clear() { noted.withLock { $0 = [] } }
}

/// A limiter that takes note of what it is asked.
struct LoggedLimiter: RateLimiter {
    let base: any RateLimiter
    let log: LimitLog

    func reserve(_ uses: [LimitUse]) async -> LimitDecision {
        log.note(uses)
        return await base.reserve(uses)
    }

    func settle(_ reservation: LimitReservation, as end: AttemptEnd) async -> LimitRefusal? {
        await base.settle(reservation, as: end)
    }

    func clear(_ uses: [LimitUse]) async { await base.clear(uses) }

    func refusals() async -> [String: Int] { await base.refusals() }
}
