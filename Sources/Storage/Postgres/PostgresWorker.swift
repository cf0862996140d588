#if PostgreSQL
    import Dispatch

    /// One thread with one connection, which it opens when it is needed, and anew when it broke.
    final class PostgresWorker: PooledConnection {
        private let queue: DispatchQueue
        let server: PostgresServer
        /// Only touched on `queue`.
        private nonisolated(unsafe) var current: PostgresConnection?

        init(label: String, _ server: PostgresServer) {
            queue = DispatchQueue(label: label)
            self.server = server
        }

        func submit(_ job: @escaping @Sendable (PostgresWorker) -> Void) {
            queue.async { job(self) }
        }

        func close() throws {
            queue.sync { unsafe current = nil }
        }

        /// The connection, a new one where there is none. Only to be called in a job.
        ///
        /// - Throws: ``StorageError/unavailable(_:)``, ``StorageError/cannotOpen(_:)``
        func connection() throws(StorageError) -> PostgresConnection {
            if let connection = unsafe current { return connection }
            let connection = try server.connect()
            unsafe current = connection
            return connection
        }

        /// Throws the connection away, where that helps against `failure`. Only to be called in a job.
        func recover(from failure: PostgresFailure) {
            if failure.remedy == .anotherConnection { unsafe current = nil }
        }
    }
#endif
