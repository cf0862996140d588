import Synchronization

/// Values that are looked up only when somebody reads the metrics, such as the length of a queue.
package final class Probe: Sendable {
    /// One value, by the name of its metric.
    package struct Reading: Sendable {
        package let name: String
        package let labels: [(String, String)]
        package let value: Double

        package init(_ name: String, _ value: Double, labels: [(String, String)] = []) {
            self.name = name
            self.labels = labels
            self.value = value
        }

        package init(_ name: String, _ value: Int, labels: [(String, String)] = []) {
            self.init(name, Double(value), labels: labels)
        }
    }

    private struct State {
        /// The look that is under way. A slow database gets one question, however often it is asked for an answer.
        var look: Task<Void, Never>?
        var waiting: [AsyncStream<[Reading]?>.Continuation] = []
    }

    package let name: String
    private let read: @Sendable () async throws -> [Reading]
    private let state = Mutex(State())

    package init(_ name: String, _ read: @escaping @Sendable () async throws -> [Reading]) {
        self.name = name
        self.read = read
    }

    deinit {
        state.withLock { $0.look?.cancel() }
    }

    /// The values; nil when they cannot be had within `limit`. Then the look goes on, and serves whoever asks next.
    func readings(within limit: Duration) async -> [Reading]? {
        let (answers, continuation) = AsyncStream.makeStream(of: [Reading]?.self)
        join(continuation)
        return await withTaskGroup(of: [Reading]?.self) { group in
            group.addTask {
                for await answer in answers { return answer }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private func join(_ continuation: AsyncStream<[Reading]?>.Continuation) {
        state.withLock { state in
            state.waiting.append(continuation)
            guard state.look == nil else { return }
            state.look = Task { [weak self, read] in
                let answer = try? await read()
                self?.answer(answer)
            }
        }
    }

    private func answer(_ readings: [Reading]?) {
        let waiting = state.withLock { state in
            defer { state = State() }
            return state.waiting
        }
        for continuation in waiting {
            continuation.yield(readings)
            continuation.finish()
        }
    }
}
