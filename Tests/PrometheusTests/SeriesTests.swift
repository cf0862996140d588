import Testing

@testable import Prometheus

/// The values behind the handles.
struct SeriesTests {
    private let labels = SeriesLabels([])

    @Test func aCounterNeverFalls() {
        let (whole, fraction) = (CounterSeries(), FloatingPointCounterSeries())
        whole.increment(by: 3)
        whole.increment(by: -5)
        fraction.increment(by: 0.5)
        for amount in [-1, .nan, .infinity] { fraction.increment(by: amount) }
        #expect(whole.samples(labels).map(\.value) == [3])
        #expect(fraction.samples(labels).map(\.value) == [0.5])
        whole.reset()
        #expect(whole.samples(labels).map(\.value) == [0])
    }

    @Test func aGaugeRisesAndFalls() {
        let gauge = GaugeSeries()
        gauge.set(Int64(4))
        gauge.increment(by: 1.5)
        gauge.decrement(by: 0.5)
        #expect(gauge.samples(labels).map(\.value) == [5])
    }

    @Test func aBoundBelongsToItsBucketAndOddValuesDoNoHarm() {
        let histogram = HistogramSeries(bounds: [1, 2])
        #expect(histogram.samples(labels).isEmpty, "nothing was recorded")
        for value in [1, 1.5, 2, 3, .nan, .infinity] { histogram.record(value) }
        histogram.recordNanoseconds(-1)
        // Three buckets, each with those before it; then sum and count.
        #expect(histogram.samples(labels).map(\.value) == [2, 4, 5, 7.5, 5])
    }

    @Test func nothingIsLostWhenManyCountAtOnce() async {
        let (counter, gauge, histogram) = (CounterSeries(), GaugeSeries(), HistogramSeries(bounds: [1]))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<2000 {
                        counter.increment(by: 1)
                        gauge.increment(by: 1)
                        histogram.record(0.5)
                    }
                }
            }
        }
        #expect(counter.samples(labels).map(\.value) == [16_000])
        #expect(gauge.samples(labels).map(\.value) == [16_000])
        #expect(histogram.samples(labels).map(\.value) == [16_000, 16_000, 8000, 16_000])
    }
}
