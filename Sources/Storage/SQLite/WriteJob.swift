/// One call of ``Database/write(_:)`` that waits for its batch.
struct WriteJob: Sendable {
    /// Runs the body; what it returns hands the value to the caller, once the batch is on disk.
    let perform: @Sendable (Transaction) throws -> Answer
    /// Tells the caller that nothing was written, and why.
    let refuse: @Sendable (any Error) -> Void

    typealias Answer = () -> Void

    init<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value, continuation: CheckedContinuation<Value, any Error>
    ) {
        perform = { transaction in
            let value = try body(transaction)
            return { continuation.resume(returning: value) }
        }
        refuse = { continuation.resume(throwing: $0) }
    }
}
