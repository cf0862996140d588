import Storage
import Synchronization

/// The statements that ran, each with the number of its arguments.
final class StatementLog: Sendable {
    private let noted = Mutex<[String: Int]>([:])

    var statements: [String: Int] { noted.withLock { $0 } }

    func note(_ sql: String, arguments: Int) { noted.withLock { $0[sql] = arguments } }
}

/// A database that notes every statement on its way.
struct LoggedDatabase: Database {
    let base: any Database
    let log: StatementLog

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await base.read { [log] tx in try body(Transaction(on: LoggedConnection(tx.connection, log))) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await base.write { [log] tx in try body(Transaction(on: LoggedConnection(tx.connection, log))) }
    }

    func migrate(_ migrations: [Migration]) async throws { try await base.migrate(migrations) }

    func version() async throws -> Int64 { try await base.version() }

    func probe() async throws { try await base.probe() }

    var waitingWrites: Int { base.waitingWrites }

    var waitingReads: Int { base.waitingReads }

    func close() async throws { try await base.close() }
}

private final class LoggedConnection: Connection {
    private let base: any Connection
    private let log: StatementLog

    init(_ base: any Connection, _ log: StatementLog) {
        self.base = base
        self.log = log
    }

    func run(_ sql: String, _ arguments: [SQLValue]) throws -> StatementResult {
        log.note(sql, arguments: arguments.count)
        return try base.run(sql, arguments)
    }

    func run(_ statements: [SQLStatement]) throws -> [StatementResult] {
        for statement in statements { log.note(statement.sql, arguments: statement.arguments.count) }
        return try base.run(statements)
    }

    func insert(_ sql: String, _ arguments: [SQLValue]) throws -> Int64? {
        log.note(sql, arguments: arguments.count)
        return try base.insert(sql, arguments)
    }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value { try base.savepoint(body) }

    var skippingLocked: String { base.skippingLocked }
}
