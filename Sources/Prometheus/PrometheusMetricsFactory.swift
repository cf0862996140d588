package import CoreMetrics
import Synchronization

/// Keeps the metrics of this process in memory, to be read by Prometheus as text.
///
/// Made once and handed to whoever counts something: never bootstrapped for the whole process, so that two servers in one
/// process (as in tests) count apart. Counters and gauges are atomics; timers and aggregating recorders are histograms.
package final class PrometheusMetricsFactory: MetricsFactory {
    private struct Family {
        let kind: MetricDescription.Kind
        var series: [SeriesLabels: any Series] = [:]
    }

    private let descriptions: [String: MetricDescription]
    private let families = Mutex<[String: Family]>([:])

    /// What is not among `descriptions` is shown all the same: without a sentence, and a histogram with
    /// ``MetricDescription/latencies``.
    package init(describing descriptions: [MetricDescription] = []) {
        self.descriptions = Dictionary(descriptions.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The names of all metrics that have been asked for.
    package var names: Set<String> { Set(families.withLock { $0.keys }) }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, .counter, dimensions) { CounterSeries() } ?? NOOPMetricsHandler.instance
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, .counter, dimensions) { FloatingPointCounterSeries() } ?? NOOPMetricsHandler.instance
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, .gauge, dimensions) { GaugeSeries() } ?? NOOPMetricsHandler.instance
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else {
            return series(label, .gauge, dimensions) { GaugeSeries() } ?? NOOPMetricsHandler.instance
        }
        return histogram(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    private func histogram(_ label: String, _ dimensions: [(String, String)]) -> HistogramSeries? {
        let described = descriptions[label]?.buckets ?? []
        return series(label, .histogram, dimensions) {
            HistogramSeries(bounds: described.isEmpty ? MetricDescription.latencies : described)
        }
    }

    /// The series of that name and these labels, made when it is new; nil, and nothing is shown, when the name is taken by
    /// another kind: a name with two types would make the whole text unreadable.
    private func series<S: Series>(
        _ label: String, _ kind: MetricDescription.Kind, _ dimensions: [(String, String)], _ make: () -> S
    ) -> S? {
        let name = ValidName.make(label, alsoAllowing: [":"])
        let labels = SeriesLabels(dimensions)
        return families.withLock { families in
            guard (descriptions[name]?.kind ?? kind) == kind, (families[name]?.kind ?? kind) == kind else { return nil }
            if let known = families[name]?.series[labels] { return known as? S }
            let made = make()
            families[name, default: Family(kind: kind)].series[labels] = made
            return made
        }
    }

    private func remove(_ handler: any AnyObject) {
        families.withLock { families in
            for name in Array(families.keys) {
                guard let labels = families[name]?.series.first(where: { $0.value === handler })?.key else { continue }
                families[name]?.series[labels] = nil
            }
        }
    }
}

extension PrometheusMetricsFactory {
    /// All metrics with what they are at now, and the readings of probes among them.
    func families(with readings: [Probe.Reading]) -> [TextFormat.Family] {
        var result: [String: TextFormat.Family] = [:]
        func add(_ samples: [Sample], to name: String, _ kind: MetricDescription.Kind) {
            let family = TextFormat.Family(name: name, kind: kind, help: descriptions[name]?.help)
            result[name, default: family].samples += samples
        }
        for (name, family) in families.withLock({ $0 }) {
            let samples = family.series.sorted { $0.key < $1.key }.flatMap { $0.value.samples($0.key) }
            add(samples, to: name, family.kind)
        }
        // Probes answer in any order; the text has one.
        let probed = readings.map { ($0.name, Sample(labels: SeriesLabels($0.labels), value: $0.value)) }
        for (name, sample) in probed.sorted(by: { $0.1.labels < $1.1.labels }) {
            add([sample], to: name, descriptions[name]?.kind ?? .gauge)
        }
        return Array(result.values)
    }
}
