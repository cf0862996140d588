import Synchronization

@testable import Mailer

/// Transports, one for each lane, that begin deliveries and end them only when the test says so.
final class HeldTransports: Sendable {
    private struct State {
        var started: [MailMessage] = []
        var permits = 0
        var isInterrupted = false
        var underWay: Set<String> = []
        var twiceAtOnce: [String] = []
        var made = 0
        var closed = 0
    }

    private let state = Mutex(State())

    /// Messages in the order in which they were begun.
    var started: [MailMessage] { state.withLock { $0.started } }
    var underWay: Int { state.withLock { $0.underWay.count } }
    /// Messages that two lanes had in hand at the same time.
    var twiceAtOnce: [String] { state.withLock { $0.twiceAtOnce } }
    var made: Int { state.withLock { $0.made } }
    var closed: Int { state.withLock { $0.closed } }

    func make() -> any MailTransport {
        state.withLock { $0.made += 1 }
        return Lane(all: self)
    }

    /// Lets that many more deliveries end.
    func release(_ count: Int) { state.withLock { $0.permits += count } }

    private final class Lane: MailTransport {
        let all: HeldTransports
        let place = "held"

        init(all: HeldTransports) {
            self.all = all
        }

        func deliver(_ message: MailMessage, label: String) async -> Delivery {
            all.begin(message)
            while true {
                if let delivery = all.end(message.id) { return delivery }
                await Task.yield()
            }
        }

        func interrupt() { all.state.withLock { $0.isInterrupted = true } }

        func close() async { all.state.withLock { $0.closed += 1 } }
    }

    private func begin(_ message: MailMessage) {
        state.withLock { state in
            state.started.append(message)
            if !state.underWay.insert(message.id).inserted { state.twiceAtOnce.append(message.id) }
        }
    }

    private func end(_ id: String) -> Delivery? {
        state.withLock { state in
            guard state.isInterrupted || state.permits > 0 else { return nil }
            state.underWay.remove(id)
            if state.isInterrupted { return Delivery(.interrupted, text: "stopped") }
            state.permits -= 1
            return Delivery(.sent, code: 250, text: "queued")
        }
    }
}
