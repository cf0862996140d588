import Engine
import JSON
import Logging
import Storage
import Synchronization
import TestSupport

/// A command with limits, on an engine of its own.
struct GuessUnderTest {
    let engine: CommandEngine
    let limiter: MemoryRateLimiter?
    let clock = ManualClock(Timestamp(milliseconds: 1_800_000_000_000))
    let work = WorkCount()
    let log = CollectedLog()
    let database: any Database
    private let place: TestDatabase

    init(isLimited: Bool = true) async throws {
        place = try TestDatabase()
        database = try place.open()
        try await database.migrate([AuditLog.migration])
        let nothing = try DescriptorDocument(parsing: Array(#"{"version":1,"commands":{}}"#.utf8), name: "none")
        let registry = try Registry(plugins: [GuessPlugin(work: work)], shipped: nothing)
        limiter = isLimited ? MemoryRateLimiter(clock: clock.clock) : nil
        engine = CommandEngine(
            registry: registry, database: database, clock: clock.clock,
            logger: Logger(label: "test") { [log] _ in log }, limiter: limiter)
    }

    /// Guesses; the code of the failure, nil when it is right.
    func guess(_ text: String, from network: String = "192.0.2.1") async -> CommandFailure? {
        do {
            _ = try await engine.run(
                "guess", ["text": .string(text)],
                for: CommandRequest(
                    id: "r1", channel: .http, caller: .anonymous, client: Client(network: network)))
            return nil
        } catch {
            return error
        }
    }
}

/// How often the slow part of a command ran.
final class WorkCount: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add() { count.withLock { $0 += 1 } }
}

extension RateLimit {
    static let guesses = RateLimit(
        "guesses", .windows([.init(3, per: .seconds(60))]), counting: .failures([.conflict]),
        complaint: "Too many guesses.", hint: "Think first.")
    static let hints = RateLimit(
        "hints", .windows([.init(4, per: .seconds(3600))]), counting: .attempts(except: []), excess: .isNoted,
        complaint: "Too many hints.")
}

private struct GuessPlugin: CommandPlugin {
    let name = "guess"
    let work: WorkCount

    var commands: [any Command] { [Guess(work: work)] }

    var descriptors: DescriptorDocument? {
        get throws {
            let json = """
                {"version": 1, "commands": {"guess": {"summary": "Guesses", "description": "Guesses a word.",
                    "input": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
                    "output": {"type": "boolean"},
                    "examples": [{"input": {"text": "right"}, "output": true}], "expose": ["http"],
                    "effects": {"readOnly": false, "destructive": false, "idempotent": true}, "rateLimits": ["guesses"]}}}
                """
            return try DescriptorDocument(parsing: Array(json.utf8), name: "guess.json")
        }
    }
}

/// `right` and `clear` are right; whether it is one too many for a hint is the answer.
private struct Guess: Command {
    static let action: Action = "guess"
    static let access: Access = .anyone

    struct Input: Decodable, Sendable {
        let text: String
    }

    let work: WorkCount

    func limits(on input: Input, call: Call) async throws -> [LimitUse] {
        [LimitUse(.guesses, key: call.client.network), LimitUse(.hints, key: call.client.network)]
    }

    func limitsCleared(by output: Bool, for input: Input) -> [LimitUse] {
        input.text == "clear" ? [LimitUse(.guesses, key: "192.0.2.1")] : []
    }

    func prepare(_ input: Input, call: Call) async throws -> Input {
        work.add()
        await Task.yield()
        return input
    }

    func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Bool {
        guard ["right", "clear"].contains(input.text) else { throw CommandFailure.conflict("Wrong.") }
        if call.isOver(.hints) { throw CommandFailure.forbidden("No hint.") }
        return true
    }
}

/// Keeps the lines of a log.
struct CollectedLog: LogHandler {
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { lines.withLock { $0 } }

        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    let lines = Lines()
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        lines.add("\(event.level) \(event.message) \(details.joined(separator: " "))")
    }
}
