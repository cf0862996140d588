package import Logging
package import Metrics
import Synchronization

/// A database in one SQLite file of this machine: one writer that commits in groups, several readers.
///
/// Other processes may use the file at the same time. When a sync fails, all connections are closed, and the next call
/// opens the database anew: first SQLite reads the log from the disk, so that what nobody could know (is the last commit
/// in it?) is settled, and then a write has to succeed.
package final class SQLiteDatabase: Database {
    private enum State {
        case open(SQLiteConnections)
        /// One call does it; the others are told to come again.
        case isReopening
        case failed(nextTry: ContinuousClock.Instant)
        case closed
    }

    private enum Step {
        case use(SQLiteConnections)
        case reopen(SQLiteConnections?)
        case refuse(StorageError)
    }

    package var path: String { opening.path }

    private let opening: SQLiteOpening
    private let state: Mutex<State>

    /// Between two attempts to open a database anew.
    private static let pause: Duration = .seconds(1)

    /// Opens the file, which gets the mode 0600.
    ///
    /// - Parameters:
    ///   - path: Of the file. Its folder must be there.
    ///   - creating: Whether to make the file when it is not there.
    ///   - readers: How many reads run at once.
    ///   - maximumWaiting: How many writes, and how many reads, may wait; more are refused as unavailable.
    ///   - metrics: Where commits and refusals are counted.
    ///   - logger: Is told when the disk or the database turns out to be broken, and when that is over.
    /// - Throws: ``StorageError/cannotOpen(_:)``
    package init(
        path: String, creating: Bool = true, readers: Int = 4, maximumWaiting: Int = 4096,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        logger: Logger = Logger(label: "database") { _ in SwiftLogNoOpLogHandler() }
    ) throws {
        opening = SQLiteOpening(
            path: path, readers: readers, maximumWaiting: maximumWaiting, metrics: DatabaseMetrics(metrics),
            logger: logger)
        state = Mutex(.open(try SQLiteConnections(opening, creating: creating)))
    }

    /// How many writes wait for the next batch now; for metrics.
    package var waitingWrites: Int { current?.groupCommit.waitingCount ?? 0 }

    /// How many reads wait for a connection now; for metrics.
    package var waitingReads: Int { current?.readers.waitingCount ?? 0 }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let connections = try await connections()
        do {
            return try await withCheckedThrowingContinuation {
                connections.readers.submit(PoolJob(reading: body, continuation: $0))
            }
        } catch {
            throw connections.noticed(error)
        }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let connections = try await connections()
        do {
            return try await withCheckedThrowingContinuation {
                connections.groupCommit.submit(WriteJob(body, continuation: $0))
            }
        } catch {
            throw connections.noticed(error)
        }
    }

    package func migrate(_ migrations: [Migration]) async throws {
        try await connections().groupCommit.exclusively { try SQLiteMigrator(migrations).run(on: $0) }
    }

    /// Read on the writer's own connection, so that this process's writes do not change it and every other's do.
    package func version() async throws -> Int64 {
        try await connections().groupCommit.exclusively { database in
            guard let row = try database.execute("PRAGMA data_version").rows.first else {
                throw StorageError.unavailable("it has no version")
            }
            return try row.int64("data_version")
        }
    }

    package func probe() async throws {
        let connections = try await connections()
        // Each commit that had something to write has shown more than a probe could.
        let needsProof = !connections.hasJustWritten
        try await write { tx in
            guard needsProof else { return }
            let version = try tx.row("PRAGMA user_version")?.int("user_version") ?? 0
            _ = try tx.rows("PRAGMA user_version = \(version)")
        }
        _ = try await read { tx in try tx.rows("SELECT 1 AS alive").count }
    }

    package func close() async throws {
        let connections = state.withLock { state in
            defer { state = .closed }
            return if case .open(let connections) = state { connections } else { nil as SQLiteConnections? }
        }
        try await connections?.close()
    }

    private var current: SQLiteConnections? {
        state.withLock { state in if case .open(let connections) = state { connections } else { nil } }
    }

    // MARK: Opening anew

    private func connections() async throws -> SQLiteConnections {
        switch nextStep() {
        case .use(let connections): return connections
        case .reopen(let broken): return try await reopen(broken)
        case .refuse(let reason): throw reason
        }
    }

    private func nextStep() -> Step {
        state.withLock { state in
            switch state {
            case .open(let connections):
                guard case .syncFailed? = connections.trust.loss else { return .use(connections) }
                state = .isReopening
                return .reopen(connections)
            case .failed(let nextTry) where ContinuousClock.now >= nextTry:
                state = .isReopening
                return .reopen(nil)
            case .isReopening, .failed: return .refuse(.unavailable("the disk failed, and it is being opened anew"))
            case .closed: return .refuse(.closed)
            }
        }
    }

    private func reopen(_ broken: SQLiteConnections?) async throws -> SQLiteConnections {
        await broken?.abandon()
        do {
            let connections = try await proven()
            let isWanted = settle(.open(connections))
            guard isWanted else {
                try await connections.close()
                throw StorageError.closed
            }
            opening.logger.notice("the database has been opened anew; what was answered before is in it")
            return connections
        } catch {
            let failure = StorageError(error).asUnavailable
            if settle(.failed(nextTry: .now + Self.pause)) {
                opening.logger.error("the database cannot be opened anew yet", metadata: ["cause": "\(failure)"])
            }
            throw failure
        }
    }

    /// New connections that have read the log from the disk, and written to it.
    private func proven() async throws -> SQLiteConnections {
        let file = DatabaseFile(path: path)
        // SQLite reads the log anew when nobody has the database open.
        if file.isOpenElsewhere { throw StorageError.unavailable("another process has it open, such as a back-up") }
        file.forgetCached()
        let connections = try SQLiteConnections(opening, creating: false)
        do {
            try await connections.prove()
            return connections
        } catch {
            await connections.abandon()
            throw error
        }
    }

    /// Whether `next` came into force: not when the database was closed meanwhile.
    private func settle(_ next: State) -> Bool {
        state.withLock { state in
            if case .closed = state { return false }
            state = next
            return true
        }
    }
}

extension SQLiteConnections {
    /// The error, after a look whether it says that the database is damaged.
    fileprivate func noticed(_ error: any Error) -> any Error {
        if case .damaged(let reason)? = error as? StorageError { trust.lose(.damaged(reason)) }
        return error
    }
}
