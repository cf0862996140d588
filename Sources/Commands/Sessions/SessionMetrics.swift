package import Engine
import JSON
package import Metrics
import Storage

/// What is counted of sessions and seats: only what is on disk, so nothing of it is noted while a transaction runs.
package struct SessionMetrics: Sendable {
    private let takenAtLogin: Counter
    private let takenAtRefresh: Counter
    private let denied: [LimitedReason: Counter]
    private let ended: [String: Counter]

    package init(_ factory: any MetricsFactory) {
        func counter(_ name: String, _ label: String, _ value: String) -> Counter {
            Counter(label: name, dimensions: [(label, value)], factory: factory)
        }
        takenAtLogin = counter("usher_seats_taken_total", "at", "login")
        takenAtRefresh = counter("usher_seats_taken_total", "at", "refresh")
        denied = Dictionary(
            uniqueKeysWithValues: LimitedReason.allCases.filter { $0 != .requested }.map {
                ($0, counter("usher_seats_denied_total", "reason", $0.rawValue))
            })
        ended = Dictionary(
            uniqueKeysWithValues: Session.EndReason.allCases.map {
                ($0.rawValue, counter("usher_sessions_ended_total", "reason", $0.rawValue))
            })
    }

    /// Notes the seat of a session that has just been made.
    func noteLogin(_ session: Session) {
        if session.seat != nil { takenAtLogin.increment() } else { noteDenied(session) }
    }

    /// Notes the seat of a session that was refreshed at `now`; one that it had before is no news.
    func noteRefresh(_ session: Session, at now: Timestamp) {
        guard let seat = session.seat else { return noteDenied(session) }
        if seat.since == now { takenAtRefresh.increment() }
    }

    /// Notes the sessions that a transaction ended.
    package func note(_ work: CommittedWork) {
        for change in work.changes where change.subject.kind == "session" {
            guard let new = change.to, new["endedAt"] != nil, let reason = new["reason"]?.stringValue else { continue }
            ended[reason]?.increment()
        }
    }

    /// Asked to be limited is not denied.
    private func noteDenied(_ session: Session) {
        if let reason = session.limitedReason { denied[reason]?.increment() }
    }
}
