/// What is said of a metric beside its values: its name, its kind, a sentence, and the buckets of a histogram.
package struct MetricDescription: Sendable {
    /// The kinds of the text format that are used here; a summary is none of them.
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    package let name: String
    package let kind: Kind
    package let help: String
    /// The upper bounds of the buckets, ascending, without the infinite one; empty unless it is a histogram.
    package let buckets: [Double]

    private init(_ kind: Kind, _ name: String, _ help: String, buckets: [Double] = []) {
        self.kind = kind
        self.name = name
        self.help = help
        self.buckets = buckets
    }

    package static func counter(_ name: String, _ help: String) -> Self { Self(.counter, name, help) }

    package static func gauge(_ name: String, _ help: String) -> Self { Self(.gauge, name, help) }

    package static func histogram(_ name: String, _ help: String, buckets: [Double]) -> Self {
        Self(.histogram, name, help, buckets: buckets)
    }
}

extension MetricDescription {
    /// Buckets for what takes from half a millisecond to ten seconds, in seconds.
    package static let latencies: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
    ]
}
