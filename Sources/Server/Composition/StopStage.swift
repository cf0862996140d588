import Synchronization

/// How far the server is on its way to its end; each signal to stop takes it one step further.
final class StopStage: Sendable {
    enum Stage {
        case serving
        /// Still serving, while load balancers notice that it will be gone.
        case draining
        /// Answers what it has, and takes nothing new.
        case stopping
        /// Hangs up.
        case ending
    }

    private let stage = Mutex(Stage.serving)
    private let drains: Bool

    /// `drains` is whether there is a time between the first signal and the stop.
    init(drains: Bool) {
        self.drains = drains
    }

    /// Whether connections should not be kept, and load balancers look elsewhere.
    var isOver: Bool { stage.withLock { $0 != .serving } }

    /// What a signal leads to.
    func next() -> Stage {
        stage.withLock {
            $0 =
                switch $0 {
                case .serving: drains ? .draining : .stopping
                case .draining: .stopping
                case .stopping, .ending: .ending
                }
            return $0
        }
    }

    /// The drain is over; false when a signal has ended it before.
    func drained() -> Bool {
        stage.withLock {
            guard case .draining = $0 else { return false }
            $0 = .stopping
            return true
        }
    }
}
