import Synchronization
import TestSupport
import Testing

@testable import Prometheus

/// What is looked up when somebody reads the metrics.
struct ProbeTests {
    private struct Broken: Error {}

    /// Lets a probe go on when it is told to.
    private final class Gate: Sendable {
        private let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let looks = Mutex(0)

        func wait() async {
            looks.withLock { $0 += 1 }
            for await _ in stream { return }
        }

        func open() { continuation.finish() }
    }

    @Test func aProbeThatFailsOrHangsTakesNothingElseWithIt() async throws {
        let gate = Gate()
        let exposition = Exposition(
            PrometheusMetricsFactory(describing: [
                .gauge("depth", "How deep."), .gauge(Exposition.probeSuccess, "Whether it worked."),
            ]),
            probes: [
                Probe("well") { [.init("depth", 7)] },
                Probe("broken") { throw Broken() },
                Probe("hanging") {
                    await gate.wait()
                    return [.init("never", 1)]
                },
            ],
            patience: .milliseconds(20))
        let metrics = try ParsedMetrics(parsing: await exposition.text())
        #expect(metrics.value("depth") == 7)
        #expect(metrics.value("never") == nil)
        #expect(metrics.value(Exposition.probeSuccess, ["probe": "well"]) == 1)
        #expect(metrics.value(Exposition.probeSuccess, ["probe": "broken"]) == 0)
        #expect(metrics.value(Exposition.probeSuccess, ["probe": "hanging"]) == 0)
        gate.open()
    }

    @Test func aSlowLookServesWhoeverAsksMeanwhileAndIsNotBegunTwice() async throws {
        let gate = Gate()
        let probe = Probe("slow") {
            await gate.wait()
            return [.init("depth", 3)]
        }
        #expect(await probe.readings(within: .milliseconds(1)) == nil)
        async let second = probe.readings(within: .seconds(60))
        async let third = probe.readings(within: .seconds(60))
        gate.open()
        #expect(await second?.map(\.value) == [3])
        #expect(await third?.map(\.value) == [3])
        #expect(gate.looks.withLock { $0 } <= 2, "one look for those who waited, and one for who came after it")
    }
}
