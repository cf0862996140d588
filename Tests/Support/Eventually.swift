/// Something that did not happen in time.
package struct TookTooLong: Error, CustomStringConvertible {
    let what: String
    let limit: Duration

    package var description: String { "\(what) did not happen within \(limit)" }
}

/// Asks again every 20 ms until there is an answer.
///
/// The other side is a process of its own, which cannot tell when it is done; only asking can.
///
/// The limit is long: all tests run at once, and on two cores some hold the processor for a minute.
///
/// - Throws: ``TookTooLong`` after `limit`, and what `ask` throws at once.
package func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(180), ask: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try await ask() { return value }
        guard ContinuousClock.now < deadline else { throw TookTooLong(what: what, limit: limit) }
        try await Task.sleep(for: .milliseconds(20))
    }
}
