import Engine
import JSON
import Logging
import Metrics
import Storage
import TestSupport

/// An engine with the counters, on a database of its own.
struct EngineUnderTest {
    let engine: CommandEngine
    let database: any Database
    private let place: TestDatabase

    private init(engine: CommandEngine, database: any Database, place: TestDatabase) {
        self.engine = engine
        self.database = database
        self.place = place
    }

    static let now = Timestamp(milliseconds: 1_800_000_000_000)

    static func make(
        overlay: Overlay? = nil, metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        afterCommit: @escaping @Sendable (CommittedWork) -> Void = { _ in }
    ) async throws -> EngineUnderTest {
        let place = try TestDatabase()
        let database = try place.open()
        let plugin = TallyPlugin()
        try await database.migrate([AuditLog.migration] + plugin.migrations)
        let nothing = try DescriptorDocument(parsing: Array(#"{"version":1,"commands":{}}"#.utf8), name: "none")
        let registry = try Registry(plugins: [plugin], shipped: nothing, overlay: overlay)
        let engine = CommandEngine(
            registry: registry, database: database, clock: Clock { now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: metrics,
            afterCommit: afterCommit)
        return EngineUnderTest(engine: engine, database: database, place: place)
    }

    func call(
        _ action: Action, _ payload: JSONValue, by caller: Caller = .webhook(id: 1, userID: 2, actions: nil),
        over channel: Channel = .webhook
    ) async throws -> JSONValue {
        try await engine.run(
            action, payload, for: CommandRequest(id: "r1", channel: channel, caller: caller, client: Client()))
    }

    func audit() async throws -> [AuditEntry] {
        try await database.read { tx in try AuditLog.list(after: 0, limit: 100, in: tx) }
    }

    func count(_ name: String) async throws -> Int64 {
        try await database.read { tx in
            try tx.row("SELECT count FROM tally WHERE name = $1", name)?.int64("count") ?? 0
        }
    }
}

/// The failure that `body` ends with; nil when it succeeds.
func failure(of body: () async throws -> JSONValue) async throws -> CommandFailure? {
    do {
        _ = try await body()
        return nil
    } catch let failure as CommandFailure {
        return failure
    }
}
