package import Metrics

/// How many old rows were deleted, by table.
package struct SweepMetrics: Sendable {
    private let deleted: [SweptTable: Counter]

    package init(_ factory: any MetricsFactory) {
        deleted = Dictionary(
            uniqueKeysWithValues: SweptTable.allCases.map {
                ($0, Counter(label: "usher_rows_swept_total", dimensions: [("table", $0.rawValue)], factory: factory))
            })
    }

    func note(_ count: Int, in table: SweptTable) {
        deleted[table]?.increment(by: count)
    }
}
