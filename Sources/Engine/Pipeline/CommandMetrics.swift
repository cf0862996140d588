import Metrics

/// How often each command was run, with which outcome, and how long it took.
///
/// All series are made at the start. What plugins bring beyond the codes known here counts as `OTHER`, so that nothing
/// from outside makes a series.
struct CommandMetrics: Sendable {
    private struct Series {
        let outcomes: [CommandFailure.Code?: Counter]
        let other: Counter
        let duration: Timer
    }

    /// The outcomes that are told apart; nil is success.
    private static let codes: [CommandFailure.Code?] = [
        nil, .conflict, .forbidden, .internal, .invalidCredentials, .invalidInput, .invalidToken, .notFound,
        .passwordTooWeak, .rateLimited, .sessionRevoked, .unavailable,
    ]

    private let series: [Action: Series]
    private let unknown: Counter

    init(_ actions: [Action], _ factory: any MetricsFactory) {
        func counter(_ action: String, _ code: String) -> Counter {
            Counter(
                label: "usher_commands_total", dimensions: [("action", action), ("code", code)], factory: factory)
        }
        func series(of action: Action) -> Series {
            Series(
                outcomes: Dictionary(
                    uniqueKeysWithValues: Self.codes.map { ($0, counter(action.rawValue, $0?.rawValue ?? "OK")) }),
                other: counter(action.rawValue, "OTHER"),
                duration: Timer(
                    label: "usher_command_duration_seconds", dimensions: [("action", action.rawValue)],
                    factory: factory))
        }
        self.series = Dictionary(actions.map { ($0, series(of: $0)) }) { first, _ in first }
        unknown = counter("unknown", CommandFailure.Code.actionNotFound.rawValue)
    }

    /// Notes a call of an action that there is not.
    func noteUnknownAction() { unknown.increment() }

    /// Runs `body` and notes what came of it.
    func measure<Value>(_ action: Action, _ body: () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        do {
            let value = try await body()
            note(action, nil, .now - start)
            return value
        } catch {
            note(action, CommandFailure.from(error).code, .now - start)
            throw error
        }
    }

    private func note(_ action: Action, _ code: CommandFailure.Code?, _ duration: Duration) {
        guard let series = series[action] else { return }
        (series.outcomes[code] ?? series.other).increment()
        series.duration.record(duration: duration)
    }
}
