import CoreMetrics
import Synchronization

/// How many values fell under each of some fixed bounds, and their sum.
///
/// One lock, and not an atomic a bucket, so that a scrape never sees a count that its buckets do not add up to.
final class HistogramSeries: Series, RecorderHandler, TimerHandler {
    private struct State {
        /// Of each bucket alone; the last is for what is above all bounds.
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    /// `bounds` ascend.
    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Int64) { record(Double(value)) }

    /// What is no number is left out: it would be the sum for ever.
    func record(_ value: Double) {
        guard value.isFinite else { return }
        var bucket = 0
        while bucket < bounds.count, value > bounds[bucket] { bucket += 1 }
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }

    /// In seconds, as all durations in Prometheus.
    func recordNanoseconds(_ duration: Int64) { record(Double(max(0, duration)) / 1e9) }

    /// A histogram without a value is a dozen lines that say nothing.
    func samples(_ labels: SeriesLabels) -> [Sample] {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        var total: UInt64 = 0
        var samples: [Sample] = []
        for (bound, count) in zip(bounds + [.infinity], counts) {
            total += count
            samples.append(
                Sample(
                    suffix: "_bucket", labels: labels.adding("le", TextFormat.number(bound)), value: Double(total)))
        }
        guard total > 0 else { return [] }
        samples.append(Sample(suffix: "_sum", labels: labels, value: sum))
        samples.append(Sample(suffix: "_count", labels: labels, value: Double(total)))
        return samples
    }
}
