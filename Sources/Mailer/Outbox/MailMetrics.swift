package import Metrics

/// What became of mails, by attempt.
package struct MailMetrics: Sendable {
    private let sent: Counter
    private let failed: Counter
    private let expired: Counter
    private let deferred: Counter

    package init(_ factory: any MetricsFactory) {
        func counter(_ outcome: String) -> Counter {
            Counter(label: "usher_mails_total", dimensions: [("outcome", outcome)], factory: factory)
        }
        sent = counter("sent")
        failed = counter("failed")
        expired = counter("expired")
        deferred = counter("deferred")
    }

    func note(_ outcome: MailOutcome) {
        switch outcome.state {
        case .settled(.sent): sent.increment()
        case .settled(.failed): failed.increment()
        case .settled(.expired), .settled(.void): expired.increment()
        case .waiting: deferred.increment()
        }
    }
}
