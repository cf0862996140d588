#if PostgreSQL
    import Logging
    import Synchronization

    /// The server as all connections see it: whether it is there.
    ///
    /// While it is not, one attempt in a while is enough to find out. Callers wait out a restart; after that they are refused
    /// at once, so that nobody waits for what cannot be.
    final class PostgresServer: Sendable {
        private struct Outage {
            var reason: StorageError
            let began = ContinuousClock.now
            var nextAttempt: ContinuousClock.Instant
        }

        let address: PostgresAddress
        private let logger: Logger
        private let outage = Mutex<Outage?>(nil)

        private static let pause: Duration = .milliseconds(250)
        /// As long as a restart of the server or of a pgbouncer takes.
        static let restart: Duration = .seconds(3)

        init(_ address: PostgresAddress, logger: Logger) {
            self.address = address
            self.logger = logger
        }

        /// A new connection.
        ///
        /// - Throws: ``StorageError/unavailable(_:)``, ``StorageError/cannotOpen(_:)``
        func connect() throws(StorageError) -> PostgresConnection {
            if let reason = refusal { throw reason }
            do {
                let connection = try PostgresConnection(address)
                noteRecovery()
                return connection
            } catch {
                note(error)
                throw error
            }
        }

        /// Why there is no use in trying now; whoever is told nil is the one to try.
        private var refusal: StorageError? {
            outage.withLock { outage in
                guard let current = outage, ContinuousClock.now < current.nextAttempt else {
                    outage?.nextAttempt = .now + Self.pause
                    return nil
                }
                return current.reason
            }
        }

        /// Whether the server may only be starting again.
        var mayBeRestarting: Bool {
            outage.withLock { outage in outage.map { ContinuousClock.now - $0.began < Self.restart } ?? true }
        }

        private func note(_ reason: StorageError) {
            let isNew = outage.withLock { outage in
                let isNew = outage == nil
                if isNew { outage = Outage(reason: reason, nextAttempt: .now) }
                outage?.reason = reason
                outage?.nextAttempt = .now + Self.pause
                return isNew
            }
            if isNew { logger.error("the database cannot be reached", metadata: ["cause": "\(reason)"]) }
        }

        private func noteRecovery() {
            let wasOut = outage.withLock { outage in
                defer { outage = nil }
                return outage != nil
            }
            if wasOut { logger.notice("the database can be reached again") }
        }
    }
#endif
