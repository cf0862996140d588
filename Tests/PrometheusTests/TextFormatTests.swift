import CoreMetrics
import TestSupport
import Testing

@testable import Prometheus

/// The text that Prometheus reads.
struct TextFormatTests {
    private func text(_ factory: PrometheusMetricsFactory, _ readings: [Probe.Reading] = []) -> String {
        TextFormat.write(factory.families(with: readings))
    }

    @Test func everyKindHasItsSentenceItsTypeAndItsLinesInOneOrder() async throws {
        let factory = PrometheusMetricsFactory(describing: [
            .counter("b_total", "Counts."), .gauge("a_bytes", "Rises and falls."),
            .histogram("c_seconds", "Takes time.", buckets: [0.25, 1]),
        ])
        let second = Counter(label: "b_total", dimensions: [("kind", "z")], factory: factory)
        Counter(label: "b_total", dimensions: [("kind", "a")], factory: factory).increment(by: 2)
        second.increment()
        Gauge(label: "a_bytes", factory: factory).record(1.5)
        let timer = Timer(label: "c_seconds", factory: factory)
        for milliseconds in [250, 251, 5000] { timer.recordMilliseconds(milliseconds) }
        let expected = """
            # HELP a_bytes Rises and falls.
            # TYPE a_bytes gauge
            a_bytes 1.5
            # HELP b_total Counts.
            # TYPE b_total counter
            b_total{kind="a"} 2
            b_total{kind="z"} 1
            # HELP c_seconds Takes time.
            # TYPE c_seconds histogram
            c_seconds_bucket{le="0.25"} 1
            c_seconds_bucket{le="1"} 2
            c_seconds_bucket{le="+Inf"} 3
            c_seconds_sum 5.501
            c_seconds_count 3

            """
        #expect(text(factory) == expected)
        #expect(try ParsedMetrics(parsing: expected).families.count == 3)
    }

    @Test func anOddLabelOrSentenceIsEscapedAndReadBack() throws {
        let odd = "a\"b\\c\nd\r\ne ü"
        let factory = PrometheusMetricsFactory(describing: [.counter("x_total", "One \\ line\nand more")])
        Counter(label: "x_total", dimensions: [("route", odd)], factory: factory).increment()
        let text = text(factory)
        #expect(text.hasPrefix(#"# HELP x_total One \\ line\nand more"# + "\n"))
        let sample = try ParsedMetrics(parsing: text).family("x_total")?.samples.first
        #expect(sample?.labels == ["route": odd])
    }

    @Test(arguments: [
        ("9lives-total", "_9lives_total"), ("a:b", "a:b"), ("größe", "gr__e"), ("", "_"),
    ])
    func aNameThatTheFormatDoesNotAllowIsSpeltOtherwise(name: String, spelling: String) {
        let factory = PrometheusMetricsFactory()
        _ = factory.makeCounter(label: name, dimensions: [])
        #expect(factory.names == [spelling])
    }

    @Test func labelsThatWouldClashAreRenamedOrLeftOut() {
        let factory = PrometheusMetricsFactory()
        _ = factory.makeMeter(label: "x", dimensions: [("le", "1"), ("__name__", "y"), ("a", "2"), ("a", "3")])
        #expect(text(factory) == "# TYPE x gauge\nx{label_le=\"1\",label___name__=\"y\",a=\"2\"} 0\n")
    }

    @Test func aNameHasOneKindForEver() {
        let factory = PrometheusMetricsFactory(describing: [.gauge("described", "A gauge.")])
        Counter(label: "x", factory: factory).increment()
        Gauge(label: "x", factory: factory).record(7)
        Counter(label: "described", factory: factory).increment()
        #expect(text(factory) == "# TYPE x counter\nx 1\n")
    }

    @Test func theSameLabelsAreTheSameSeries() {
        let factory = PrometheusMetricsFactory()
        for _ in 0..<3 { Counter(label: "x", dimensions: [("a", "b")], factory: factory).increment() }
        #expect(text(factory) == "# TYPE x counter\nx{a=\"b\"} 3\n")
    }

    @Test func whatIsDestroyedIsNotShown() {
        let factory = PrometheusMetricsFactory()
        let gone = Counter(label: "x", dimensions: [("a", "1")], factory: factory)
        Counter(label: "x", dimensions: [("a", "2")], factory: factory).increment()
        gone.destroy()
        #expect(text(factory) == "# TYPE x counter\nx{a=\"2\"} 1\n")
    }

    @Test(arguments: [
        (0.0, "0"), (-3, "-3"), (0.5, "0.5"), (1e20, "1e+20"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
    ])
    func numbersAreWrittenAsPrometheusReadsThem(number: Double, expected: String) {
        #expect(TextFormat.number(number) == expected)
    }
}
