/// One line of a metric: what follows its name, its labels, and its value.
struct Sample: Sendable {
    var suffix = ""
    let labels: SeriesLabels
    let value: Double
}

/// The values of one set of labels, which a metric's handle writes and a scrape reads.
protocol Series: AnyObject, Sendable {
    /// What stands in the text; no line at all for a series that says nothing yet.
    func samples(_ labels: SeriesLabels) -> [Sample]
}
