package import Prometheus

/// The metrics of one server: where they are counted, and what is looked up when they are read.
package struct ServerMetrics: Sendable {
    package let factory: PrometheusMetricsFactory
    package let exposition: Exposition

    /// `probes` are looked up besides those of the process itself.
    package init(
        _ factory: PrometheusMetricsFactory = Self.makeFactory(), probes: [Probe] = [],
        patience: Duration = .seconds(1)
    ) {
        self.factory = factory
        exposition = Exposition(factory, probes: [.process(since: .now)] + probes, patience: patience)
    }

    /// An empty set of metrics that knows what to say of each.
    package static func makeFactory() -> PrometheusMetricsFactory {
        PrometheusMetricsFactory(describing: MetricCatalogue.all)
    }
}
