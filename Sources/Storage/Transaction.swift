public import JSON

/// What a driver gives a ``Transaction`` to run its statements on.
package protocol Connection: AnyObject {
    /// Runs one statement with `$1…$n` bound to `arguments`.
    func run(_ sql: String, _ arguments: [SQLValue]) throws -> StatementResult

    /// Runs statements of which none needs the result of another.
    func run(_ statements: [SQLStatement]) throws -> [StatementResult]

    /// Runs an INSERT of one row into a table with an `id`, `$1…$n` bound to `arguments`.
    ///
    /// Returns the new row's id; nil when a conflict kept it out.
    func insert(_ sql: String, _ arguments: [SQLValue]) throws -> Int64?

    /// Runs `body` in a savepoint of its own: what it wrote is undone when it throws.
    func savepoint<Value>(_ body: () throws -> Value) throws -> Value

    /// See ``Transaction/skippingLocked``.
    var skippingLocked: String { get }
}

extension Connection {
    package var skippingLocked: String { "" }
}

/// The rows that a statement returned and the number of rows that it inserted, updated or deleted.
public struct StatementResult {
    public var rows: [Row]
    public var modified: Int

    package init(rows: [Row], modified: Int) {
        self.rows = rows
        self.modified = modified
    }
}

/// Statements that take effect together or not at all, and the list of what they changed.
///
/// Valid only inside the closure that received it. A statement that fails ends its savepoint: the driver refuses to go
/// on, so an expected conflict is `ON CONFLICT … RETURNING`, never a caught error.
public final class Transaction {
    package let connection: any Connection

    /// What the records reported to ``changed(_:from:to:)``, in order.
    public private(set) var changes: [Change] = []

    /// How many rows the statements inserted, updated or deleted since the last report.
    public private(set) var unreportedRows = 0

    /// The kinds of records that were reported, those of changes too small to list among them.
    public private(set) var writtenKinds: Set<String> = []

    package init(on connection: any Connection) {
        self.connection = connection
    }

    /// The rows that the statement returns.
    public func rows(_ sql: String, _ arguments: (any SQLConvertible)?...) throws -> [Row] {
        try run(sql, arguments).rows
    }

    /// The first row that the statement returns.
    public func row(_ sql: String, _ arguments: (any SQLConvertible)?...) throws -> Row? {
        try run(sql, arguments).rows.first
    }

    /// Runs the statement; the number of rows that it inserted, updated or deleted.
    @discardableResult
    public func execute(_ sql: String, _ arguments: (any SQLConvertible)?...) throws -> Int {
        try run(sql, arguments).modified
    }

    /// Runs statements of which none needs the result of another, in order; the result of each.
    ///
    /// In PostgreSQL all of them cost one journey to the server.
    public func together(_ statements: SQLStatement...) throws -> [StatementResult] { try together(statements) }

    /// Runs statements of which none needs the result of another, in order; the result of each.
    public func together(_ statements: [SQLStatement]) throws -> [StatementResult] {
        let results = try connection.run(statements)
        for result in results { unreportedRows += result.modified }
        return results
    }

    /// Inserts one row into a table with an `id`; the new id, nil when `ON CONFLICT DO NOTHING` kept the row out.
    ///
    /// Cheaper than `RETURNING`, for which SQLite builds a table of its own each time.
    public func insert<Record>(
        _ sql: String, _ arguments: (any SQLConvertible)?..., id: RowID<Record>.Type = RowID<Record>.self
    ) throws -> RowID<Record>? {
        guard let id = try connection.insert(sql, arguments.map { $0?.sqlValue ?? .null }) else { return nil }
        unreportedRows += 1
        return RowID(rawValue: id)
    }

    /// What stands at the end of a look-up for a row to be changed, so that it holds that row and passes over those that other
    /// transactions hold, instead of waiting for them; nothing where there is one writer.
    ///
    /// The only words of a statement in which the two databases differ.
    package var skippingLocked: String { connection.skippingLocked }

    /// Runs `body` in a savepoint: what it wrote and reported is undone when it throws.
    public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        let before = (changes, unreportedRows, writtenKinds)
        do {
            return try connection.savepoint(body)
        } catch {
            (changes, unreportedRows, writtenKinds) = before
            throw error
        }
    }

    /// Reports that a record was written: made (`from` is nil), changed, or deleted (`to` is nil).
    ///
    /// Both are JSON objects of the fields that differ, never a secret. This one list feeds the audit.
    public func changed(_ subject: Change.Subject, from old: JSONValue? = nil, to new: JSONValue? = nil) {
        touched(subject)
        changes.append(Change(subject: subject, from: old, to: new))
    }

    /// Reports a write that nobody needs to read about later, such as a time of last use.
    public func touched(_ subject: Change.Subject) {
        unreportedRows = 0
        writtenKinds.insert(subject.kind)
    }

    private func run(_ sql: String, _ arguments: [(any SQLConvertible)?]) throws -> StatementResult {
        let result = try connection.run(sql, arguments.map { $0?.sqlValue ?? .null })
        unreportedRows += result.modified
        return result
    }
}
