/// A store of rows that several callers use at once: SQLite in this process, or a PostgreSQL server.
///
/// SQL is written once, in the dialect that both share: `$1` for arguments, `RETURNING`, `ON CONFLICT`, times as integer
/// milliseconds. A driver does four things: run a statement, run a transaction, migrate, and say what went wrong
/// (``StorageError``).
public protocol Database: Sendable {
    /// Runs `body` on one consistent snapshot; a statement that writes is refused.
    ///
    /// - Throws: What `body` throws, or ``StorageError``.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Runs `body` in one write transaction and returns only when it is on disk.
    ///
    /// `body` may run again from the start when the database asks for that (a deadlock in PostgreSQL), so it has no
    /// effect but its statements. When it throws, nothing that it wrote remains. Cancelling the caller does not stop
    /// a write that has begun.
    ///
    /// - Throws: What `body` throws, or ``StorageError``.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Brings the schema up to date: runs, in order and once, those of `migrations` that have not run yet.
    ///
    /// - Throws: ``StorageError/newerSchema(_:)`` when the database knows a migration that is not in the list.
    func migrate(_ migrations: [Migration]) async throws

    /// A number that changes whenever another process has written to the database. It may change for less: our own writes,
    /// or those to other databases of the same server.
    func version() async throws -> Int64

    /// Sees whether the database can be written and read now; no row changes.
    ///
    /// - Throws: ``StorageError``
    func probe() async throws

    /// How many writes wait for their turn now; for metrics.
    var waitingWrites: Int { get }

    /// How many reads wait for a connection now; for metrics.
    var waitingReads: Int { get }

    /// Waits for running transactions and closes every connection.
    func close() async throws
}
