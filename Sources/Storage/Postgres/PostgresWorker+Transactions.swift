#if PostgreSQL
    import Glibc

    extension PostgresWorker {
        /// How long a transaction that was interrupted is tried again.
        private static let patience = PostgresServer.restart

        /// Runs `body` on one state of the database; `answer` gets the result before the transaction is ended.
        func read<Value>(_ body: (Transaction) throws -> Value, answer: (Result<Value, any Error>) -> Void) {
            do {
                let (value, transaction) = try untilDone(.read) { try ($0.perform(body), $0) }
                answer(.success(value))
                end(transaction)
            } catch {
                answer(.failure(error))
            }
        }

        /// Runs `body` in one transaction; returns when it is on disk. `noteCommit` is told how long the commit took.
        func write<Value>(_ body: (Transaction) throws -> Value, noteCommit: (Duration) -> Void) throws -> Value {
            try untilDone(.write) { transaction in
                let value = try transaction.perform(body)
                let start = ContinuousClock.now
                guard try commit(transaction) else { return nil }
                noteCommit(ContinuousClock.now - start)
                return value
            }
        }

        /// Calls `attempt` with a new transaction until it is not interrupted, and does not return nil.
        private func untilDone<Value>(
            _ kind: PostgresTransaction.Kind, _ attempt: (PostgresTransaction) throws -> Value?
        ) throws -> Value {
            let deadline = ContinuousClock.now + Self.patience
            var pause = Backoff()
            while true {
                let transaction = PostgresTransaction(kind, on: try connection(until: deadline))
                do {
                    if let value = try attempt(transaction) { return value }
                } catch {
                    guard let failure = transaction.interruption else {
                        end(transaction)
                        throw error
                    }
                    recover(from: failure)
                    end(transaction)
                    if ContinuousClock.now > deadline { throw failure.storageError(isReading: kind == .read) }
                }
                // A commit that did not happen, each time: nothing of it is there.
                if ContinuousClock.now > deadline { throw StorageError.unavailable("its commits fail again and again") }
                pause.sleep()
            }
        }

        /// Whether the transaction is in the database.
        ///
        /// - Throws: ``StorageError/outcomeUnknown(_:)`` when that cannot be found out.
        private func commit(_ transaction: PostgresTransaction) throws -> Bool {
            do {
                try transaction.commit()
                return true
            } catch {
                recover(from: error)
                guard case .lost(let reason) = error else {
                    // A constraint that is looked at last, or a conflict: the server has answered that it did not.
                    if error.remedy != nil { return false }
                    throw error.storageError(isReading: false)
                }
                guard let number = transaction.number else { return false }
                return try hasCommitted(number, lostBecause: reason)
            }
        }

        /// Asks the server what became of a transaction whose COMMIT it did not answer.
        private func hasCommitted(_ number: TransactionNumber, lostBecause reason: String) throws -> Bool {
            let deadline = ContinuousClock.now + Self.patience
            var pause = Backoff()
            while ContinuousClock.now < deadline {
                do {
                    let connection = try connection(until: deadline)
                    switch try number.fate(on: connection) {
                    case .committed: return true
                    case .rolledBack: return false
                    case .unknown: throw StorageError.outcomeUnknown(reason)
                    case .inProgress: break
                    }
                } catch let failure as PostgresFailure {
                    recover(from: failure)
                } catch StorageError.unavailable {
                    // No connection yet; there is time left.
                }
                pause.sleep()
            }
            throw StorageError.outcomeUnknown(reason)
        }

        /// A connection, or after a while why there is none.
        private func connection(until deadline: ContinuousClock.Instant) throws(StorageError) -> PostgresConnection {
            var pause = Backoff()
            while true {
                do {
                    return try connection()
                } catch {
                    guard case .unavailable = error, server.mayBeRestarting, ContinuousClock.now < deadline else {
                        throw error
                    }
                    pause.sleep()
                }
            }
        }

        private func end(_ transaction: PostgresTransaction) {
            do {
                try transaction.rollBack()
            } catch {
                recover(from: .lost("\(error)"))
            }
        }
    }

    extension PostgresTransaction {
        /// Runs `body`, and refuses what it may want to run later.
        fileprivate func perform<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
            defer { finish() }
            let value = try body(Transaction(on: self))
            try checkThatNothingFailed()
            return value
        }
    }

    extension TransactionNumber {
        fileprivate func fate(on connection: PostgresConnection) throws -> Fate {
            do {
                let row = try connection.exchange([fateQuestion]).first?.rows.first
                return try row.map(fate) ?? .unknown
            } catch PostgresFailure.refused(let state, _) where state.code == "22023" {
                // "in the future": the server that answers now never gave this number.
                return .rolledBack
            }
        }
    }

    /// The pauses between attempts: longer each time, and different for each, so that two do not meet again.
    ///
    /// The thread is the connection's own, and nothing else waits for it. PostgreSQL gives no sign when a lock that made a
    /// deadlock is free, or when a server that is down is back; so what is left is to ask again.
    private struct Backoff {
        /// In microseconds.
        private var longest: UInt32 = 2_000

        /// 1 to 2 ms first, 64 to 128 ms later. Half of it is sure, since to ask again at once would be in vain.
        mutating func sleep() {
            usleep(UInt32.random(in: longest / 2...longest))
            longest = min(longest * 2, 128_000)
        }
    }
#endif
