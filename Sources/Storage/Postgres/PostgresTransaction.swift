#if PostgreSQL
    /// The statements of one transaction on one connection.
    ///
    /// What begins, ends or divides the transaction waits for the next statement and travels with it, so that it costs no
    /// journey of its own. A savepoint that is the first thing in a transaction is no savepoint: to undo it the
    /// transaction begins anew, which spares PostgreSQL a subtransaction.
    final class PostgresTransaction: Connection {
        enum Kind {
            case read, write
        }

        private let connection: PostgresConnection
        private let kind: Kind
        private let opening: [SQLStatement]

        /// What travels with the next statement.
        private var pending: [SQLStatement]
        /// How many savepoints the server has, sent or about to be.
        private var depth = 0
        private var fate = TransactionFate()
        /// Whether the server has begun a transaction for us.
        private var isOpen = false
        /// Whether nothing but the opening is in the transaction, or will be.
        private var isUntouched = true

        /// The number that the server gave the transaction when it first wrote; nil while it has not written.
        private(set) var number: TransactionNumber?
        /// What interrupted the transaction so that it should run again, if anything.
        private(set) var interruption: PostgresFailure?

        init(_ kind: Kind, on connection: PostgresConnection) {
            self.connection = connection
            self.kind = kind
            opening = connection.opening(of: kind)
            pending = opening
        }

        func run(_ sql: String, _ arguments: [SQLValue]) throws -> StatementResult {
            try run([SQLStatement(sql, values: arguments)])[0]
        }

        func run(_ statements: [SQLStatement]) throws -> [StatementResult] {
            try fate.checkThatStatementsMayRun()
            do {
                for statement in statements { try SQLText.checkArguments(of: statement) }
            } catch {
                fate.failed(error)
                throw error
            }
            let asksForNumber = number == nil && kind == .write && !statements.allSatisfy { SQLText.isQuery($0.sql) }
            let before = pending
            (pending, isUntouched, isOpen) = ([], false, true)
            do {
                let results = try connection.exchange(
                    before + statements + (asksForNumber ? [TransactionNumber.question] : []))
                if asksForNumber, let row = results.last?.rows.first { number = try TransactionNumber(row) }
                return Array(results[before.count..<before.count + statements.count])
            } catch let failure as PostgresFailure {
                throw note(failure)
            }
        }

        func insert(_ sql: String, _ arguments: [SQLValue]) throws -> Int64? {
            try run(sql + " RETURNING id", arguments).rows.first?.int64("id")
        }

        func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
            try fate.checkThatStatementsMayRun()
            return isUntouched ? try wholeTransaction(body) : try realSavepoint(body)
        }

        let skippingLocked = "FOR UPDATE SKIP LOCKED"

        /// Throws the failure of a statement whose error the caller caught.
        func checkThatNothingFailed() throws { try fate.checkThatNothingFailed() }

        /// Refuses every statement from now on: the closure that received the transaction has returned.
        func finish() { fate.finish() }

        /// Makes everything last. Returns when it is on disk.
        func commit() throws(PostgresFailure) {
            guard isOpen, !isUntouched else { return try rollBack() }
            _ = try connection.exchange(pending + [SQLStatement("COMMIT")])
            isOpen = false
            // A transaction that has failed is rolled back by it, without an error.
            guard connection.latestTag == "COMMIT" else {
                throw .misread(.misuse("a failed transaction was committed, and so rolled back"))
            }
        }

        /// Undoes everything.
        func rollBack() throws(PostgresFailure) {
            guard isOpen else { return }
            isOpen = false
            _ = try connection.exchange([SQLStatement("ROLLBACK")])
        }

        // MARK: Savepoints

        private func wholeTransaction<Value>(_ body: () throws -> Value) throws -> Value {
            fate.openedSavepoint()
            do {
                let value = try body()
                try fate.checkThatNothingFailed()
                fate.closedSavepoint()
                return value
            } catch {
                fate.closedSavepoint()
                if !isUntouched { beginAnew() }
                throw error
            }
        }

        private func beginAnew() {
            pending = [SQLStatement("ROLLBACK")] + opening
            (isUntouched, number) = (true, nil)
        }

        private func realSavepoint<Value>(_ body: () throws -> Value) throws -> Value {
            depth += 1
            let name = "usher\(depth)"
            pending.append(SQLStatement("SAVEPOINT \(name)"))
            fate.openedSavepoint()
            defer {
                depth -= 1
                fate.closedSavepoint()
                pending.append(SQLStatement("RELEASE SAVEPOINT \(name)"))
            }
            do {
                let value = try body()
                try fate.checkThatNothingFailed()
                return value
            } catch {
                pending.append(SQLStatement("ROLLBACK TO SAVEPOINT \(name)"))
                throw error
            }
        }

        // MARK: Failures

        private func note(_ failure: PostgresFailure) -> StorageError {
            let error = failure.storageError(isReading: kind == .read)
            if failure.remedy != nil, kind == .write || !failure.isOfReadOnly {
                interruption = interruption ?? failure
                fate.ended(because: error)
            } else {
                fate.failed(error)
            }
            return error
        }
    }
#endif
