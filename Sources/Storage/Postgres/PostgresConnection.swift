#if PostgreSQL
    import CPostgres
    import Glibc

    /// One connection to the server, for one thread at a time.
    ///
    /// It is always in libpq's pipeline mode (PostgreSQL 15 manual, 34.5): the statements of an exchange travel together,
    /// and cost one journey. It never waits without a deadline.
    @safe final class PostgresConnection {
        private let handle: OpaquePointer
        private var statements = PreparedStatements()
        private let isPooledByTransaction: Bool
        /// What the last statement of the latest exchange did, such as `COMMIT`.
        private(set) var latestTag = ""

        /// Longer than the server lets a statement run, see ``PostgresSettings``.
        static let patience: Duration = .seconds(20)

        /// Connects, and sets up the session.
        ///
        /// - Throws: ``StorageError/unavailable(_:)`` when the server cannot be reached, or lets nobody in;
        ///   ``StorageError/cannotOpen(_:)`` when the database is of no use.
        init(_ address: PostgresAddress) throws(StorageError) {
            guard let handle = unsafe PostgresSettings.connect(address) else {
                throw .unavailable("there is no memory for a connection")
            }
            unsafe self.handle = handle
            isPooledByTransaction = address.isPooledByTransaction
            // libpq would write notices to standard error, between the lines of the log.
            _ = unsafe PQsetNoticeReceiver(handle, { _, _ in }, nil)
            guard unsafe PQstatus(handle) == CONNECTION_OK else {
                throw .unavailable("PostgreSQL cannot be reached: \(latestMessage)")
            }
            if let encoding = unsafe PQparameterStatus(handle, "server_encoding") {
                try unsafe PostgresSettings.checkEncoding(String(cString: encoding))
            }
            do {
                try enterPipeline()
                if !isPooledByTransaction { _ = try exchange([PostgresSettings.preparation(isLocal: false)]) }
            } catch {
                throw error.storageError(isReading: false)
            }
        }

        deinit { unsafe PQfinish(handle) }

        /// Runs the statements in order, in one journey; the result of each.
        ///
        /// When one fails, those after it do not run.
        func exchange(_ requests: [SQLStatement]) throws(PostgresFailure) -> [StatementResult] {
            if statements.areTooMany { try forgetStatements() }
            let deadline = ContinuousClock.now + Self.patience
            var sent: [Sent] = []
            for request in requests { sent.append(try send(request)) }
            guard unsafe PQpipelineSync(handle) == 1 else { throw lost() }
            try flush(until: deadline)
            return try receive(sent, until: deadline)
        }

        /// What a transaction begins with.
        func opening(of kind: PostgresTransaction.Kind) -> [SQLStatement] {
            let begin =
                switch kind {
                case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                case .write: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                }
            return [SQLStatement(begin)] + (isPooledByTransaction ? [PostgresSettings.preparation(isLocal: true)] : [])
        }

        /// Runs a text of any number of statements without arguments, and waits for it as long as it takes.
        func run(script: String) throws(PostgresFailure) {
            guard unsafe PQexitPipelineMode(handle) == 1 else { throw lost() }
            guard let result = unsafe PQexec(handle, script) else { throw lost() }
            let outcome = unsafe PostgresResult(result, of: handle)
            try enterPipeline()
            if let failure = outcome.failure { throw failure }
        }

        private func enterPipeline() throws(PostgresFailure) {
            guard unsafe PQsetnonblocking(handle, 1) == 0, unsafe PQenterPipelineMode(handle) == 1 else { throw lost() }
        }

        // MARK: Sending

        /// A statement on its way; nil for one that nobody keeps.
        private typealias Sent = (statement: PreparedStatement?, isNew: Bool)

        private func send(_ request: SQLStatement) throws(PostgresFailure) -> Sent {
            let parameters = PostgresParameters(request.arguments)
            if isPooledByTransaction {
                try check(unsafe parameters.sendUnnamed(request.sql, over: handle))
                return (nil, false)
            }
            let (statement, isNew) = statements.statement(for: request, types: parameters.types)
            if isNew { try check(unsafe parameters.sendPrepare(statement.name, request.sql, over: handle)) }
            try check(unsafe parameters.send(statement.name, over: handle))
            return (statement, isNew)
        }

        private func check(_ wasSent: Int32) throws(PostgresFailure) {
            guard wasSent == 1 else { throw lost() }
        }

        private func forgetStatements() throws(PostgresFailure) {
            statements = PreparedStatements()
            _ = try exchange([SQLStatement("DEALLOCATE ALL")])
        }

        private func flush(until deadline: ContinuousClock.Instant) throws(PostgresFailure) {
            while true {
                switch unsafe PQflush(handle) {
                case 0: return
                case 1:
                    if try wait(for: POLLIN | POLLOUT, until: deadline) & Int16(POLLIN) != 0 { try consume() }
                default: throw lost()
                }
            }
        }

        // MARK: Receiving

        private func receive(_ sent: [Sent], until deadline: ContinuousClock.Instant)
            throws(PostgresFailure) -> [StatementResult]
        {
            var results: [StatementResult] = []
            var failure: PostgresFailure?
            for (statement, isNew) in sent {
                if isNew, let statement {
                    let refusal = try nextResult(until: deadline).failure
                    if refusal != nil { statements.forget(statement) }
                    failure = failure ?? refusal
                }
                let result = try nextResult(until: deadline)
                failure = failure ?? result.failure
                guard failure == nil else { continue }
                latestTag = result.tag
                do {
                    results.append(try statement.result(of: result))
                } catch {
                    failure = .misread(error)
                }
            }
            guard try anyResult(until: deadline)?.isSync == true else { throw lost("no end of the answers") }
            if let failure { throw failure }
            return results
        }

        /// The result of one command, and the nothing after it by which libpq ends it.
        private func nextResult(until deadline: ContinuousClock.Instant) throws(PostgresFailure) -> PostgresResult {
            guard let result = try anyResult(until: deadline) else { throw lost("an answer is missing") }
            if case .lost(let reason)? = result.failure { throw .lost(reason) }
            guard try anyResult(until: deadline) == nil else { throw lost("two answers for one statement") }
            return result
        }

        private func anyResult(until deadline: ContinuousClock.Instant) throws(PostgresFailure) -> PostgresResult? {
            while unsafe PQisBusy(handle) == 1 {
                _ = try wait(for: POLLIN, until: deadline)
                try consume()
            }
            guard let result = unsafe PQgetResult(handle) else { return nil }
            return unsafe PostgresResult(result, of: handle)
        }

        private func consume() throws(PostgresFailure) {
            guard unsafe PQconsumeInput(handle) == 1 else { throw lost() }
        }

        /// Waits for the socket; what it is ready for.
        private func wait(for events: Int32, until deadline: ContinuousClock.Instant) throws(PostgresFailure) -> Int16 {
            var watched = pollfd(fd: unsafe PQsocket(handle), events: Int16(events), revents: 0)
            while true {
                let left = ContinuousClock.now.duration(to: deadline)
                guard left > .zero else { throw lost("the database did not answer in time") }
                let code = unsafe poll(&watched, 1, Int32(left / .milliseconds(1)) + 1)
                if code > 0 { return watched.revents }
                if code < 0, errno != EINTR { throw lost() }
            }
        }

        private func lost(_ reason: String? = nil) -> PostgresFailure {
            .lost(reason ?? "the connection to the database broke: \(latestMessage)")
        }

        /// libpq's last word, on one line.
        private var latestMessage: String { unsafe PostgresText.oneLine(PQerrorMessage(handle)) }
    }

    extension PreparedStatement? {
        fileprivate func result(of result: PostgresResult) throws(StorageError) -> StatementResult {
            let columns = self?.columns(of: result) ?? result.columns
            return StatementResult(rows: try result.rows(columns), modified: result.modified)
        }
    }
#endif
