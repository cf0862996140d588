#if PostgreSQL
    package import Logging
    package import Metrics

    /// A database on a PostgreSQL server, which several nodes may use at the same time.
    ///
    /// A connection that breaks is opened anew, and what it was about runs again: the caller learns of it only when that
    /// takes too long. Where the COMMIT itself was cut off, the server is asked what became of it.
    package final class PostgresDatabase: Database {
        private let readers: ConnectionPool<PostgresWorker>
        private let writers: ConnectionPool<PostgresWorker>
        private let metrics: DatabaseMetrics

        /// Connects when it is first used.
        ///
        /// - Parameters:
        ///   - address: Of the server and the database, which must be there.
        ///   - connections: How many at most. A fourth of them only reads, so that writes that wait for each other leave room.
        ///   - maximumWaiting: How many writes, and how many reads, may wait; more are refused as unavailable.
        ///   - metrics: Where commits and refusals are counted.
        ///   - logger: Is told when the server cannot be reached, and when it can again.
        package init(
            _ address: PostgresAddress, connections: Int = 16, maximumWaiting: Int = 4096,
            metrics: any MetricsFactory = NOOPMetricsHandler.instance,
            logger: Logger = Logger(label: "database") { _ in SwiftLogNoOpLogHandler() }
        ) {
            let server = PostgresServer(address, logger: logger)
            let metrics = DatabaseMetrics(metrics)
            func pool(_ kind: String, count: Int, _ noteRefusal: @escaping @Sendable () -> Void)
                -> ConnectionPool<PostgresWorker>
            {
                ConnectionPool(
                    (0..<max(count, 1)).map { PostgresWorker(label: "usher.postgres.\(kind).\($0)", server) }, of: kind,
                    maximumWaiting: maximumWaiting, noteRefusal: noteRefusal)
            }
            readers = pool("reads", count: connections / 4, metrics.refusedRead)
            writers = pool("writes", count: connections - connections / 4, metrics.refusedWrite)
            self.metrics = metrics
        }

        package var waitingWrites: Int { writers.waitingCount }

        package var waitingReads: Int { readers.waitingCount }

        package func read<Value: Sendable>(
            _ body: @escaping @Sendable (Transaction) throws -> Value
        ) async throws -> Value {
            try await on(readers) { worker, answer in worker.read(body, answer: answer) }
        }

        package func write<Value: Sendable>(
            _ body: @escaping @Sendable (Transaction) throws -> Value
        ) async throws -> Value {
            try await onWriter { [metrics] in try $0.write(body, noteCommit: { metrics.committed(1, in: $0) }) }
        }

        package func migrate(_ migrations: [Migration]) async throws {
            try await onWriter { try PostgresMigrator(migrations).run(on: $0.connection()) }
        }

        /// The number that the next transaction to write gets, on the whole server.
        package func version() async throws -> Int64 {
            try await read { tx in
                let row = try tx.row("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS version")
                return try row?.int64("version") ?? 0
            }
        }

        /// Has the server write to its log, and sync it; no row changes.
        package func probe() async throws {
            try await write { tx in
                _ = try tx.rows("SELECT pg_logical_emit_message(TRUE, 'usher', '')::text AS position")
            }
            _ = try await read { tx in try tx.rows("SELECT 1 AS alive").count }
        }

        package func close() async throws {
            try await writers.close()
            try await readers.close()
        }

        private func onWriter<Value: Sendable>(
            _ body: @escaping @Sendable (PostgresWorker) throws -> Value
        ) async throws -> Value {
            try await on(writers) { worker, answer in answer(Result { try body(worker) }) }
        }

        /// Waits for a connection of the pool, and for what `body` answers on it.
        private func on<Value: Sendable>(
            _ pool: ConnectionPool<PostgresWorker>,
            _ body: @escaping @Sendable (PostgresWorker, _ answer: (Result<Value, any Error>) -> Void) -> Void
        ) async throws -> Value {
            try await withCheckedThrowingContinuation { continuation in
                pool.submit(
                    PoolJob(
                        perform: { worker in body(worker) { continuation.resume(with: $0) } },
                        refuse: { continuation.resume(throwing: $0) }))
            }
        }
    }
#endif
