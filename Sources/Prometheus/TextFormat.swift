/// The text format that Prometheus reads, version 0.0.4.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
package enum TextFormat {
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// One metric with all its lines, in order.
    struct Family {
        let name: String
        let kind: MetricDescription.Kind
        let help: String?
        var samples: [Sample] = []
    }

    /// Families by name; one without a line is left out.
    static func write(_ families: [Family]) -> String {
        var text = ""
        for family in families.sorted(by: { $0.name < $1.name }) where !family.samples.isEmpty {
            if let help = family.help { text += "# HELP \(family.name) \(escaped(help))\n" }
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                text += family.name
                text += sample.suffix
                if !sample.labels.text.isEmpty { text += "{\(sample.labels.text)}" }
                text += " \(number(sample.value))\n"
            }
        }
        return text
    }

    static func number(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return String(whole) }
        if value.isNaN { return "NaN" }
        return value.isInfinite ? (value > 0 ? "+Inf" : "-Inf") : value.description
    }

    private static func escaped(_ help: String) -> String {
        help.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\\n")
    }
}
