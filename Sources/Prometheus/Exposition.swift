/// Everything that Prometheus gets to read: the metrics that were counted, and those that probes look up.
package struct Exposition: Sendable {
    /// Whether a probe gave its values, one series a probe: 1 or 0.
    package static let probeSuccess = "usher_probe_success"

    let factory: PrometheusMetricsFactory
    let probes: [Probe]
    let patience: Duration

    /// `patience` is how long a probe may take; Prometheus waits ten seconds by itself.
    package init(_ factory: PrometheusMetricsFactory, probes: [Probe], patience: Duration = .seconds(1)) {
        self.factory = factory
        self.probes = probes
        self.patience = patience
    }

    /// The text, in ``TextFormat/mediaType``. A probe that fails or takes too long is left out of it, and said to be.
    package func text() async -> String {
        let readings = await withTaskGroup(of: [Probe.Reading].self) { group in
            for probe in probes {
                group.addTask {
                    let readings = await probe.readings(within: patience)
                    let success = Probe.Reading(
                        Self.probeSuccess, readings == nil ? 0 : 1, labels: [("probe", probe.name)])
                    return (readings ?? []) + [success]
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        return TextFormat.write(factory.families(with: readings))
    }
}
