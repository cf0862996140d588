/// Where a mail in the outbox stands.
package enum OutboxState: String, Sendable, CaseIterable, Codable {
    /// For its first or its next attempt.
    case waiting
    /// A lane has it, or had it when its process died.
    case sending
    /// A server has taken it.
    case sent
    /// Refused for good, or given up after all its attempts.
    case failed
    /// Not sent, because its time was over or there was nothing to say any more.
    case expired
}

extension MailOutcome {
    /// What the outbox says of the mail afterwards.
    var outboxState: OutboxState {
        switch state {
        case .waiting: .waiting
        case .settled(.sent): .sent
        case .settled(.failed): .failed
        case .settled(.expired), .settled(.void): .expired
        }
    }
}
