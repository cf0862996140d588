import CoreMetrics
import Synchronization

/// A whole number that only grows, of one atomic.
final class CounterSeries: Series, CounterHandler {
    private let value = Atomic<Int64>(0)

    /// A negative amount is left out: a counter that falls reads like a restart.
    func increment(by amount: Int64) {
        if amount > 0 { value.wrappingAdd(amount, ordering: .relaxed) }
    }

    func reset() { value.store(0, ordering: .relaxed) }

    func samples(_ labels: SeriesLabels) -> [Sample] {
        [Sample(labels: labels, value: Double(value.load(ordering: .relaxed)))]
    }
}

/// A number with a fraction that only grows.
final class FloatingPointCounterSeries: Series, FloatingPointCounterHandler {
    private let value = AtomicDouble()

    /// Negative amounts and those that are no number are left out.
    func increment(by amount: Double) {
        if amount > 0, amount.isFinite { value.add(amount) }
    }

    func reset() { value.store(0) }

    func samples(_ labels: SeriesLabels) -> [Sample] { [Sample(labels: labels, value: value.load())] }
}
