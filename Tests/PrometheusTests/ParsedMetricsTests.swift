import TestSupport
import Testing

/// The reader that the tests of the metrics rely on.
struct ParsedMetricsTests {
    @Test(arguments: [
        "# HELP a_total A.\n# TYPE a_total counter\na_total 1",
        "# TYPE a_total counter\na_total 1\n",
        "# HELP a A.\n# TYPE a gauge\nb 1\n",
        "# HELP a A.\n# TYPE a gauge\na 1\na 1\n",
        "# HELP a A.\n# TYPE a gauge\na one\n",
        "# HELP a A.\n# TYPE a gauge\na{b=\"c\" 1\n",
        "# HELP a A.\n# TYPE a gauge\na{b=\"\\c\"} 1\n",
        "# HELP a A.\n# TYPE a gauge\na{b=\"c\",b=\"d\"} 1\n",
        "# HELP a A.\n# TYPE a counter\na 1\n",
        "# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n",
        "# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n",
    ])
    func itRefusesWhatPrometheusWouldMisread(text: String) {
        #expect(throws: ParsedMetrics.Mistake.self) { try ParsedMetrics(parsing: text) }
    }
}
